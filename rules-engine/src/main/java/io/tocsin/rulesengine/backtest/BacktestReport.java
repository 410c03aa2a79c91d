package io.tocsin.rulesengine.backtest;

import io.tocsin.rulesengine.recording.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rules would have said over a span of a log, next to those that are deployed.
 *
 * @param fromMs the first tick that is reported
 * @param toMs the last one
 * @param warmMs time between the first tick that was evaluated and {@code fromMs}
 * @param neededMs how long before it the rules look back, wait or learn
 * @param records how many records were read
 * @param poison how many of them could not be processed
 * @param rules in the order of the files, then the deployed ones that would go
 */
public record BacktestReport(
        long fromMs, long toMs, long warmMs, long neededMs, long records, long poison, List<Line> rules) {

    private static final long TICK_MS = 2_000;

    public BacktestReport {
        rules = List.copyOf(rules);
    }

    /** Whether windows were full, and detectors had learned, at the first tick that is reported. */
    public boolean isWarm() {
        return warmMs + TICK_MS >= neededMs;
    }

    /**
     * One rule.
     *
     * @param name group and rule
     * @param would what it would have said, empty for a deployed rule that the files do not have any more
     * @param does what the deployed rule of this name says over the same log, empty when there is none
     */
    public record Line(String name, Optional<RuleHistory> would, Optional<RuleHistory> does) {

        /** Whether both say the same of the same alerts at the same times. */
        public boolean isSame() {
            return would.isPresent()
                    && does.isPresent()
                    && would.get().episodes().equals(does.get().episodes());
        }
    }

    static BacktestReport of(
            Map<String, String> candidate,
            Map<String, String> deployed,
            Set<String> files,
            Rerun would,
            Optional<Rerun> does,
            Span span,
            long neededMs) {
        long from = Math.max(span.fromMs(), would.firstTickMs());
        long to = Math.min(span.toMs(), would.lastTickMs());
        Map<String, RuleHistory> planned = RuleHistory.of(would.transitions(), from, to);
        Map<String, RuleHistory> now =
                does.map(rerun -> RuleHistory.of(rerun.transitions(), from, to)).orElse(Map.of());
        Map<String, Line> lines = new LinkedHashMap<>();
        candidate.forEach((name, id) -> lines.put(
                name,
                new Line(
                        name,
                        Optional.of(history(planned, id)),
                        Optional.ofNullable(deployed.get(name)).map(old -> history(now, old)))));
        deployed.forEach((name, id) -> {
            boolean replaced = files.contains(id.substring(0, id.indexOf(';')));
            if (replaced && !candidate.containsKey(name)) {
                lines.put(name, new Line(name, Optional.empty(), Optional.of(history(now, id))));
            }
        });
        return new BacktestReport(
                from,
                to,
                Math.max(0, from - would.firstTickMs()),
                neededMs,
                would.records(),
                would.poison(),
                List.copyOf(lines.values()));
    }

    private static RuleHistory history(Map<String, RuleHistory> all, String id) {
        return all.getOrDefault(id, new RuleHistory(id, List.of(), 0, 0));
    }
}
