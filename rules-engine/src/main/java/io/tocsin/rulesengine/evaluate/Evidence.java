package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.plan.Leaf;
import io.tocsin.promql.plan.ShardedQuery;
import io.tocsin.rulesengine.alert.Absence;
import io.tocsin.rulesengine.alert.Certainty;
import io.tocsin.rulesengine.evaluate.ShardReport.Silence;
import io.tocsin.rulesengine.rules.OnIncomplete;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the data of one tick proves.
 *
 * @param sameRules whether all shards evaluated the version of the rules that is in force
 * @param lookbackMs how far an instant selector looks back, milliseconds
 */
record Evidence(AssembledTick tick, boolean sameRules, long lookbackMs) {

    /** What may be concluded for a rule. */
    Certainty certainty(CompiledRule rule) {
        boolean blind =
                tick.reports().values().stream().anyMatch(report -> report.evidence() == ShardReport.Evidence.BLIND);
        if (!sameRules || blind || !tick.unknowing().isEmpty()) {
            return Certainty.NOTHING;
        }
        if (tick.complete()) {
            return Certainty.COMPLETE;
        }
        return switch (onIncomplete(rule.rule())) {
            case WAIT -> Certainty.NOTHING;
            case PRESENT -> Certainty.PRESENCE_ONLY;
            // A part of an aggregate can be anything; one series is what it is.
            case AUTO ->
                perSeries(rule.expr()) && windowsHold(rule.expr()) ? Certainty.PRESENCE_ONLY : Certainty.NOTHING;
        };
    }

    /** A shard that is left out takes nothing from the others; what is on its way is missing from their windows. */
    private boolean windowsHold(ShardedQuery query) {
        return tick.reports().values().stream().allMatch(report -> report.evidence() == ShardReport.Evidence.COMPLETE)
                || PartialWindows.hold(query.original());
    }

    private static OnIncomplete onIncomplete(Rule rule) {
        return rule instanceof Rule.Alerting alerting ? alerting.onIncomplete() : OnIncomplete.AUTO;
    }

    /** Whether each result rests on one target alone, so that it does not matter what other shards have. */
    private static boolean perSeries(ShardedQuery query) {
        boolean unmerged = query.leaves().stream().map(Leaf::merge).allMatch(merge -> merge.isEmpty());
        return unmerged && !query.leaves().isEmpty() && unwrapped(query.rest()) instanceof Expr.VectorSelector;
    }

    private static Expr unwrapped(Expr expr) {
        return expr instanceof Expr.Paren paren ? unwrapped(paren.expr()) : expr;
    }

    /** Whether the absence of a series can mean anything at this tick, to a rule that looks back as far as this. */
    boolean absenceCounts(long maxRangeMs) {
        long since = tick.tickMs() - maxRangeMs - lookbackMs;
        return tick.reports().values().stream()
                .noneMatch(report -> report.blindEndMs() > 0 && report.blindEndMs() > since);
    }

    /**
     * What is known of the target behind a series that is not in the result.
     *
     * @param goneSinceMs since when it is not
     */
    Absence absence(Map<String, String> labels, long goneSinceMs, long maxRangeMs) {
        if (!absenceCounts(maxRangeMs) || related(labels, true).findAny().isPresent()) {
            return Absence.UNKNOWN;
        }
        boolean ofOneTarget = labels.containsKey("instance");
        long since = goneSinceMs - maxRangeMs - lookbackMs;
        // What was silent long before cannot be why an aggregate vanished.
        boolean silent = related(labels, false).anyMatch(away -> ofOneTarget || away.lastArrivalMs() >= since);
        return silent ? Absence.TARGET_SILENT : Absence.TARGET_REPORTS;
    }

    /** The slowest cadence of the silent targets behind a series, milliseconds; 0 when none is silent. */
    long cadenceMs(Map<String, String> labels) {
        return related(labels, false).mapToLong(Silence::cadenceMs).max().orElse(0);
    }

    /** Age at the tick of the newest sample that a rule read, milliseconds; {@link Notice#UNKNOWN_AGE} when it read none. */
    long newestAgeMs(String rule) {
        long newest = tick.reports().values().stream()
                .map(report -> report.rules().get(ShardReport.key(rule, 0)))
                .filter(Objects::nonNull)
                .mapToLong(ShardReport.Part::newestMs)
                .max()
                .orElse(0);
        return newest == 0 ? Notice.UNKNOWN_AGE : tick.tickMs() - newest;
    }

    /** Whether a target behind a series has not reported since a gap. */
    boolean blind(Map<String, String> labels) {
        return related(labels, true).findAny().isPresent();
    }

    private Stream<Silence> related(Map<String, String> labels, boolean blind) {
        return tick.reports().values().stream()
                .map(report -> blind ? report.blind() : report.silent())
                .flatMap(List::stream)
                .filter(target -> related(target, labels));
    }

    private static boolean related(Silence target, Map<String, String> labels) {
        String job = labels.get("job");
        String instance = labels.get("instance");
        String service = labels.get("service_name");
        boolean sameJob = job == null || job.equals(target.job());
        boolean sameInstance = instance == null || instance.equals(target.instance());
        boolean sameService =
                service == null || target.job().equals(service) || target.job().endsWith("/" + service);
        return sameJob && sameInstance && sameService;
    }
}
