package io.tocsin.rulesengine.evaluate;

import io.tocsin.rulesengine.alert.Absence;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.AlertMachine;
import io.tocsin.rulesengine.alert.AlertPolicy;
import io.tocsin.rulesengine.alert.Certainty;
import io.tocsin.rulesengine.alert.Condition;
import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.alert.Observation;
import io.tocsin.rulesengine.alert.Observation.Finding;
import io.tocsin.rulesengine.alert.RuleState;
import io.tocsin.rulesengine.alert.Transition;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import io.tocsin.rulesengine.state.StallWatch;
import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the engine says of itself: a shard that stalls, a rule that cannot be evaluated, a rule that hit its limit. */
final class EngineAlerts {

    /** A transition with what is said about it. */
    record Change(
            String rule, String group, String expr, Transition transition, SortedMap<String, String> annotations) {}

    private static final String PIPELINE = "tocsin/pipeline";
    private static final String LIMIT = "tocsin/limit/";

    private final Memory memory;

    EngineAlerts(Memory memory) {
        this.memory = memory;
    }

    static boolean isPipeline(String rule) {
        return rule.equals(PIPELINE);
    }

    /** The rule that an id stands for: itself, or the one whose limit it watches. */
    static String ruleOf(String rule) {
        return rule.startsWith(LIMIT) ? rule.substring(LIMIT.length()) : rule;
    }

    static String expression(CompiledRule rule) {
        return switch (rule.rule()) {
            case Rule.Alerting alerting -> alerting.expression().text();
            case Rule.Recording recording -> recording.expression().text();
            case Rule.Objective objective -> "";
        };
    }

    /** One alert per shard that lags too far behind to be waited for. */
    List<Change> shards(AssembledTick tick) {
        List<Observation> found = new ArrayList<>();
        tick.excluded().forEach(shard -> found.add(stalled(shard, Finding.HOLDS)));
        tick.reports().keySet().forEach(shard -> found.add(stalled(shard, Finding.CLEAR)));
        return step(
                PIPELINE,
                "",
                Condition.STALLED,
                found,
                tick.tickMs(),
                instance -> "the shard "
                        + instance.labels().get("shard") + " has not moved for " + StallWatch.PATIENCE_MS / 1000
                        + " s: ticks go on without it, and nothing resolves meanwhile");
    }

    private static Observation stalled(String shard, Finding finding) {
        TreeMap<String, String> labels =
                new TreeMap<>(Map.of("alertname", "TocsinPipelineStalled", "severity", "critical", "shard", shard));
        return new Observation(shard, labels, 1, finding);
    }

    /** One alert per rule that has more alerts than it may: the others stay. */
    List<Change> limit(CompiledGroup group, CompiledRule rule, int cut, long tickMs) {
        String id = LIMIT + rule.id();
        if (cut == 0 && memory.rule(id).instances().isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> labels = ruleLabels("TocsinRuleLimitReached", group, rule);
        Observation seen = new Observation(rule.id(), labels, cut, cut > 0 ? Finding.HOLDS : Finding.CLEAR);
        return step(
                id,
                group.key(),
                Condition.LIMIT,
                List.of(seen),
                tickMs,
                instance -> (int) instance.value() + " alerts of " + rule.rule().name() + " are cut by its limit of "
                        + group.limit());
    }

    /** One alert per rule that cannot be evaluated; its other alerts stay as they are. */
    Step<RuleState, Transition> failed(CompiledGroup group, CompiledRule rule, long tickMs) {
        Observation failure = new Observation(
                "error of " + rule.id(), ruleLabels("TocsinRuleFailing", group, rule), 1, Finding.HOLDS);
        return new AlertMachine(rule.id(), AlertPolicy.immediate(Condition.THRESHOLD))
                .failed(memory.rule(rule.id()), failure, tickMs);
    }

    private static SortedMap<String, String> ruleLabels(String name, CompiledGroup group, CompiledRule rule) {
        return new TreeMap<>(Map.of(
                "alertname",
                name,
                "severity",
                "warning",
                "rule",
                rule.rule().name(),
                "rule_group",
                group.key(),
                // Two rules of a group may share a name, their alerts must not.
                "rule_id",
                Fingerprint.sha256(rule.id()).substring(0, 8)));
    }

    /** The alerts that are active now. */
    List<AlertInstance> active() {
        List<AlertInstance> all = new ArrayList<>();
        memory.rules().stream()
                .filter(id -> id.equals(PIPELINE) || id.startsWith(LIMIT))
                .forEach(id -> all.addAll(memory.rule(id).instances().values()));
        return all;
    }

    private List<Change> step(
            String id,
            String group,
            Condition condition,
            List<Observation> found,
            long tickMs,
            java.util.function.Function<AlertInstance, String> summary) {
        Step<RuleState, Transition> step = new AlertMachine(id, AlertPolicy.immediate(condition))
                .next(memory.rule(id), found, Certainty.COMPLETE, instance -> Absence.UNKNOWN, tickMs);
        memory.rule(id, step.state());
        return step.events().stream()
                .map(change -> new Change(
                        id, group, "", change, new TreeMap<>(Map.of("summary", summary.apply(change.after())))))
                .toList();
    }
}
