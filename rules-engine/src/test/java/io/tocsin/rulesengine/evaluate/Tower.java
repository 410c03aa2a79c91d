package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.plan.Leaf;
import io.tocsin.promql.plan.ShardEvaluator;
import io.tocsin.promql.plan.ShardedQuery;
import io.tocsin.rulesengine.evaluate.ShardReport.Evidence;
import io.tocsin.rulesengine.evaluate.ShardReport.Part;
import io.tocsin.rulesengine.evaluate.ShardReport.Silence;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.compile.RuleCompiler;
import io.tocsin.rulesengine.rules.template.TemplateContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One evaluate partition over two shards that hold what a test says. A tick a second, a lookback of 5 s; what happens is
 * written as "second name{labels} FROM>TO REASON".
 */
final class Tower {

    static final String ONE = "metrics/0";
    static final String TWO = "metrics/1";
    private static final List<String> SHARDS = List.of(ONE, TWO);
    private static final Duration LOOKBACK = Duration.ofSeconds(5);

    private final Engine engine = new Engine(EngineOptions.DEFAULT.withLookback(LOOKBACK));
    private final Map<String, SortedMap<Labels, SortedMap<Long, Double>>> samples = new HashMap<>();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private final Map<String, String> errors = new HashMap<>();
    private final Map<String, List<Silence>> silent = new HashMap<>();
    private final TreeSet<String> excluded = new TreeSet<>();
    final SortedMap<String, byte[]> ledger = new TreeMap<>();
    final List<String> happened = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    CompiledRules rules = CompiledRules.NONE;
    String shardVersion = "";
    private Memory memory = memory();
    private TickEvaluator evaluator = evaluator();

    private Memory memory() {
        return new Memory(
                new Ledger() {
                    @Override
                    public void put(String key, byte[] value) {
                        ledger.put(key, value);
                    }

                    @Override
                    public void delete(String key) {
                        ledger.remove(key);
                    }
                },
                60_000,
                new io.tocsin.rulesengine.store.SampleStore(io.tocsin.rulesengine.store.StoreLimits.DEFAULT));
    }

    private TickEvaluator evaluator() {
        return new TickEvaluator(
                new TickEvaluator.Settings(0, 1, LOOKBACK.toMillis(), TemplateContext.BARE, () -> 0), engine, memory);
    }

    Tower rules(String version, String text) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("f.yaml", text);
        rules = new RuleCompiler(1000, 250, Duration.ofSeconds(1), Duration.ZERO).compile(version, 0, files);
        shardVersion = version;
        return this;
    }

    /** What a restart of the process does: all that is left is the ledger. */
    Tower restart() {
        memory = memory();
        ledger.forEach(memory::load);
        memory.loaded();
        evaluator = evaluator();
        return this;
    }

    Tower sample(String shard, long second, double value, String... labels) {
        samples.computeIfAbsent(shard, key -> new TreeMap<>())
                .computeIfAbsent(Labels.of(labels), key -> new TreeMap<>())
                .put(second * 1000, value);
        return this;
    }

    Tower evidence(String shard, Evidence of) {
        evidence.put(shard, of);
        return this;
    }

    Tower silent(String shard, Silence... targets) {
        silent.put(shard, List.of(targets));
        return this;
    }

    Tower failing(String shard, String error) {
        errors.put(shard, error);
        return this;
    }

    Tower exclude(String... shards) {
        excluded.clear();
        excluded.addAll(List.of(shards));
        return this;
    }

    Outcome tick(long second) {
        TreeMap<String, ShardReport> reports = new TreeMap<>();
        SHARDS.stream()
                .filter(shard -> !excluded.contains(shard))
                .forEach(shard -> reports.put(shard, report(shard, second)));
        Outcome outcome =
                evaluator.evaluate(new AssembledTick(second * 1000, reports, excluded, new TreeSet<>()), rules);
        for (Notice notice : outcome.notices()) {
            notices.add(notice);
            TreeMap<String, String> labels =
                    new TreeMap<>(notice.transition().after().labels());
            String name = labels.remove("alertname");
            happened.add(second + " " + name + labels + " "
                    + notice.transition().from() + ">" + notice.transition().to() + " "
                    + notice.transition().reason());
        }
        return outcome;
    }

    /** What an instant selector finds of a recorded name. */
    List<Labels> recorded(String name, long second) {
        return memory
                .recorded()
                .select(List.of(io.tocsin.promql.model.LabelMatcher.equal(Labels.METRIC_NAME, name)), 0, second * 1000)
                .stream()
                .filter(slice -> !io.tocsin.promql.model.StaleNaN.is(slice.values()[slice.to() - 1]))
                .map(SeriesSlice::labels)
                .toList();
    }

    EngineView.PartitionView view(long second) {
        return evaluator.view(second * 1000, rules);
    }

    private ShardReport report(String shard, long second) {
        Map<String, Part> parts = new HashMap<>();
        rules.due(second * 1000, 0, 1)
                .forEach(group -> group.rules().forEach(rule -> parts(parts, shard, rule, second * 1000)));
        return new ShardReport(
                shard,
                second * 1000,
                shardVersion,
                evidence.getOrDefault(shard, Evidence.COMPLETE),
                parts,
                silent.getOrDefault(shard, List.of()),
                List.of(),
                0);
    }

    private void parts(Map<String, Part> parts, String shard, CompiledRule rule, long atMs) {
        parts.put(ShardReport.key(rule.id(), 0), part(shard, rule.expr(), atMs));
        rule.recover().ifPresent(recover -> parts.put(ShardReport.key(rule.id(), 1), part(shard, recover, atMs)));
    }

    private Part part(String shard, ShardedQuery query, long atMs) {
        String error = errors.getOrDefault(shard, "");
        if (!error.isEmpty()) {
            return new Part(Map.of(), error, 0);
        }
        Map<Integer, byte[]> leaves = new HashMap<>();
        for (Leaf leaf : query.leaves()) {
            leaves.put(
                    leaf.id(),
                    ShardEvaluator.evaluate(leaf, engine, (matchers, from, to) -> select(shard, matchers), atMs)
                            .encode());
        }
        return new Part(leaves, "", newest(shard));
    }

    private long newest(String shard) {
        return samples.getOrDefault(shard, new TreeMap<>()).values().stream()
                .mapToLong(SortedMap::lastKey)
                .max()
                .orElse(0);
    }

    private List<SeriesSlice> select(String shard, List<io.tocsin.promql.model.LabelMatcher> matchers) {
        List<SeriesSlice> found = new ArrayList<>();
        samples.getOrDefault(shard, new TreeMap<>()).forEach((labels, points) -> {
            if (matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())))) {
                found.add(SeriesSlice.of(
                        labels,
                        points.keySet().stream().mapToLong(Long::longValue).toArray(),
                        points.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
            }
        });
        return found;
    }
}
