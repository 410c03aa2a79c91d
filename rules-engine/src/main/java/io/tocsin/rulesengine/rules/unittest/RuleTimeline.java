package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.promql.testscript.SeriesDescription;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.Position;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleGroup;
import io.tocsin.rulesengine.rules.RuleSet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When which alert begins to fire and when it is over, for rules over series that somebody wrote down; evaluated as unit
 * tests evaluate them. Rules that learn from history ({@code spike}, {@code outage}) are left out.
 */
public final class RuleTimeline {

    private final Engine engine;
    private final TestSeries series;
    private final List<RuleRun> rules = new ArrayList<>();
    private final Map<AlertingRun, Map<Labels, TestGroup.FiringAlert>> firing = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * An alert begins to fire, or is over.
     *
     * @param atMs Unix milliseconds
     * @param rule its name
     */
    public record Change(
            long atMs,
            String rule,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            boolean firing) {

        public Change {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }
    }

    /** What came of it: changes in the order of time, and what could not be evaluated, with its place. */
    public record Outcome(List<Change> changes, List<String> failures) {

        public Outcome {
            changes = List.copyOf(changes);
            failures = List.copyOf(failures);
        }
    }

    /**
     * The series.
     *
     * @param series with a value each interval from the start on
     * @param startMs Unix milliseconds
     * @param position where they are written
     */
    public record Input(List<SeriesDescription> series, Duration interval, long startMs, Position position) {

        public Input {
            series = List.copyOf(series);
        }
    }

    private RuleTimeline(RuleSet ruleSet, Input input, Duration evaluationInterval) {
        engine = new Engine(EngineOptions.DEFAULT.withDefaultSubqueryStep(range -> evaluationInterval.toMillis()));
        series = new TestSeries(new TestGroup(
                "",
                input.interval(),
                input.series(),
                List.of(),
                List.of(),
                Labels.EMPTY,
                URI.create(""),
                input.startMs(),
                input.position()));
        ruleSet.groups().forEach(this::add);
    }

    private void add(RuleGroup group) {
        for (Rule rule : group.evaluated()) {
            switch (rule) {
                case Rule.Alerting alerting -> {
                    if (alerting.condition() instanceof Condition.Threshold) {
                        rules.add(new AlertingRun(group, alerting, Labels.EMPTY, URI.create("")));
                    }
                }
                case Rule.Recording recording -> rules.add(new RecordingRun(group, recording));
                case Rule.Objective _ -> throw new IllegalStateException("objectives are evaluated as alerts");
            }
        }
    }

    /**
     * Evaluates rules.
     *
     * @param evaluationInterval of every group
     * @param length how long, from the start of the series
     */
    public static Outcome of(RuleSet rules, Input input, Duration evaluationInterval, Duration length) {
        RuleTimeline timeline = new RuleTimeline(rules, input, evaluationInterval);
        long end = input.startMs() + length.toMillis();
        for (long at = input.startMs(); at <= end && timeline.failures.isEmpty(); at += evaluationInterval.toMillis()) {
            timeline.evaluate(at, input);
        }
        return new Outcome(timeline.changes, timeline.failures);
    }

    private void evaluate(long atMs, Input input) {
        try {
            series.reach(atMs);
        } catch (ScriptException e) {
            failures.add(input.position() + ": input_series: " + e.getMessage());
            return;
        }
        for (RuleRun rule : rules) {
            try {
                rule.evaluate(engine, series, atMs);
                if (rule instanceof AlertingRun alerting) {
                    note(alerting, atMs);
                }
            } catch (RuleRun.EvaluationException e) {
                failures.add(rule.rule().position() + ": " + rule.rule().name() + ": " + e.getMessage());
            }
        }
    }

    private void note(AlertingRun alerting, long atMs) {
        Map<Labels, TestGroup.FiringAlert> now = new TreeMap<>();
        alerting.firing().forEach(alert -> now.put(alert.labels(), alert));
        Map<Labels, TestGroup.FiringAlert> before = firing.getOrDefault(alerting, new TreeMap<>());
        before.forEach((labels, alert) -> {
            if (!now.containsKey(labels)) {
                changes.add(change(alerting, alert, atMs, false));
            }
        });
        now.forEach((labels, alert) -> {
            if (!before.containsKey(labels)) {
                changes.add(change(alerting, alert, atMs, true));
            }
        });
        firing.put(alerting, now);
    }

    private static Change change(AlertingRun alerting, TestGroup.FiringAlert alert, long atMs, boolean begins) {
        TreeMap<String, String> labels = new TreeMap<>();
        alert.labels().forEach((name, value) -> labels.put(name, value));
        return new Change(atMs, alerting.rule().name(), labels, new TreeMap<>(alert.annotations()), begins);
    }
}
