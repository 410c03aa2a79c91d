package io.tocsin.rulesengine.rules.compile;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.plan.PlanOptions;
import io.tocsin.promql.plan.Planner;
import io.tocsin.promql.plan.ShardedQuery;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.Expression;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.RuleGroup;
import io.tocsin.rulesengine.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of rule files into what the engine evaluates.
 *
 * @param baseTickMs ticks lie at multiples of this
 * @param tickMs and may lie at multiples of this, a divisor of it; an interval is rounded up to what is not longer
 * @param standardInterval the interval of a group that names none
 * @param standardQueryOffset the query offset of a group that names none
 */
public record RuleCompiler(long baseTickMs, long tickMs, Duration standardInterval, Duration standardQueryOffset) {

    private static final String SPAN_PREFIX = "traces_span_metrics_";

    public RuleCompiler {
        if (tickMs < 1
                || baseTickMs % tickMs != 0
                || standardInterval.toMillis() < 1
                || standardQueryOffset.isNegative()) {
            throw new IllegalArgumentException("tick and interval must be positive");
        }
    }

    /**
     * Compiles files that were checked before they were published.
     *
     * @throws IllegalArgumentException when they are not valid after all
     */
    public CompiledRules compile(String version, long effectiveFromMs, SequencedMap<String, String> texts) {
        RuleFiles files = RuleFileParser.parse(texts, false);
        if (!files.isValid()) {
            String errors = files.errors().stream().map(Problem::toString).collect(Collectors.joining("; "));
            throw new IllegalArgumentException("rules of version " + version + " are not valid: " + errors);
        }
        return compile(version, effectiveFromMs, files.ruleSet());
    }

    /** Compiles a rule set. */
    public CompiledRules compile(String version, long effectiveFromMs, RuleSet rules) {
        PlanOptions options = planOptions(rules);
        List<CompiledGroup> groups =
                rules.groups().stream().map(group -> compile(group, options)).toList();
        return new CompiledRules(version, effectiveFromMs, groups, RecordedLinks.partitionKeys(groups));
    }

    private static PlanOptions planOptions(RuleSet rules) {
        Set<String> recorded = rules.groups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(Rule.Recording.class::isInstance)
                .map(Rule::name)
                .collect(Collectors.toCollection(HashSet::new));
        recorded.addAll(RecordedLinks.ALERTS);
        return PlanOptions.DEFAULT.withRecorded(recorded::contains).withInput(RuleCompiler::input);
    }

    /** Which shards can hold a metric: what spans give has its own prefix, and no prefix belongs to metrics alone. */
    private static Optional<String> input(String metricName) {
        if (metricName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(metricName.startsWith(SPAN_PREFIX) ? "spans" : "metrics");
    }

    private CompiledGroup compile(RuleGroup group, PlanOptions options) {
        long interval = rounded(group.intervalOr(standardInterval).toMillis());
        String file = group.position().file();
        List<CompiledRule> rules = new ArrayList<>();
        // Counted per name: a rule that is added or removed before it does not take its alerts from another rule.
        Map<String, Integer> seen = new HashMap<>();
        for (Rule rule : group.evaluated()) {
            int index = seen.merge(rule.name(), 1, Integer::sum) - 1;
            rules.add(compile(file + ";" + group.name() + "/" + rule.name() + "#" + index, rule, options));
        }
        return new CompiledGroup(
                file,
                group.name(),
                interval,
                phase(file + ";" + group.name(), interval),
                group.queryOffsetOr(standardQueryOffset).toMillis(),
                group.limit(),
                rules);
    }

    private long rounded(long intervalMs) {
        long step = intervalMs < baseTickMs ? tickMs : baseTickMs;
        return Math.max(1, Math.ceilDiv(intervalMs, step)) * step;
    }

    /** Spreads groups of one interval over its ticks, always the same way: over the base ticks if they will do. */
    private long phase(String key, long intervalMs) {
        long step = intervalMs % baseTickMs == 0 ? baseTickMs : tickMs;
        return Math.floorMod(key.hashCode(), intervalMs / step) * step;
    }

    private static CompiledRule compile(String id, Rule rule, PlanOptions options) {
        Expr expr = expression(rule).expr();
        Expression recover = recovery(rule);
        long range = Math.max(Ranges.reach(expr), recover == null ? 0 : Ranges.reach(recover.expr()));
        Optional<ShardedQuery> recoverPlan =
                Optional.ofNullable(recover).map(expression -> Planner.plan(expression.expr(), options));
        return new CompiledRule(id, rule, Planner.plan(expr, options), recoverPlan, range);
    }

    private static Expression expression(Rule rule) {
        return switch (rule) {
            case Rule.Alerting alerting -> alerting.expression();
            case Rule.Recording recording -> recording.expression();
            case Rule.Objective objective ->
                throw new IllegalArgumentException(objective.name() + " stands for its alerts and has no expression");
        };
    }

    private static @Nullable Expression recovery(Rule rule) {
        return rule instanceof Rule.Alerting alerting && alerting.condition() instanceof Condition.Threshold threshold
                ? threshold.recover()
                : null;
    }
}
