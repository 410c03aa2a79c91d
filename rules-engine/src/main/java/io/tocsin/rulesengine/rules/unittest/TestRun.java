package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramLiteral;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.rulesengine.rules.Durations;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleGroup;
import io.tocsin.rulesengine.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Runs one test: evaluates the rules from its start to its end and compares on the way. */
final class TestRun {
    private final TestFile file;
    private final TestGroup test;
    private final Engine engine;
    private final TestSeries series;
    private final List<RuleRun> rules = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    TestRun(TestFile file, TestGroup test, RuleSet ruleSet) {
        this.file = file;
        this.test = test;
        this.engine = new Engine(EngineOptions.DEFAULT.withDefaultSubqueryStep(
                range -> file.evaluationInterval().toMillis()));
        this.series = new TestSeries(test);
        ordered(ruleSet.groups()).forEach(this::add);
    }

    /** Groups that the order does not name come first, in the order of their files. */
    private List<RuleGroup> ordered(List<RuleGroup> groups) {
        List<RuleGroup> sorted = new ArrayList<>(groups);
        sorted.sort(
                Comparator.comparingInt(group -> Math.max(0, file.groupOrder().indexOf(group.name()))));
        return sorted;
    }

    private void add(RuleGroup group) {
        for (Rule rule : group.evaluated()) {
            switch (rule) {
                case Rule.Alerting alerting ->
                    rules.add(new AlertingRun(group, alerting, test.externalLabels(), test.externalUrl()));
                case Rule.Recording recording -> rules.add(new RecordingRun(group, recording));
                case Rule.Objective _ -> throw new IllegalStateException("objectives are evaluated as alerts");
            }
        }
    }

    /** What was not as expected; empty when the test passed. */
    List<String> run() {
        long step = file.evaluationInterval().toMillis();
        long end = test.startMs() + test.end().toMillis();
        for (long at = test.startMs(); at <= end; at += step) {
            if (!evaluate(at)) {
                return failures;
            }
            long elapsed = at - test.startMs();
            for (TestGroup.AlertCase expectation : test.alertCases()) {
                long due = expectation.evalTime().toMillis();
                if (elapsed <= due && due < elapsed + step) {
                    check(expectation);
                }
            }
        }
        test.expressionCases().forEach(this::check);
        return failures;
    }

    private boolean evaluate(long at) {
        try {
            series.reach(at);
        } catch (ScriptException e) {
            failures.add(test.position() + ": input_series: " + e.getMessage());
            return false;
        }
        boolean ok = true;
        for (RuleRun rule : rules) {
            try {
                rule.evaluate(engine, series, at);
            } catch (RuleRun.EvaluationException e) {
                ok = false;
                failures.add(rule.rule().position() + ": rule: " + rule.rule().name() + ", time: "
                        + Durations.format(Duration.ofMillis(at - test.startMs())) + ", err: " + e.getMessage());
            }
        }
        return ok;
    }

    private void check(TestGroup.AlertCase expectation) {
        List<TestGroup.FiringAlert> got = new ArrayList<>();
        for (RuleRun rule : rules) {
            if (rule instanceof AlertingRun alerting && alerting.rule().name().equals(expectation.alertName())) {
                got.addAll(alerting.firing());
            }
        }
        List<TestGroup.FiringAlert> expected =
                expectation.expected().stream().sorted().toList();
        got.sort(Comparator.naturalOrder());
        if (!expected.equals(got)) {
            failures.add(expectation.position() + ": alertname: " + expectation.alertName() + ", time: "
                    + Durations.format(expectation.evalTime()) + "\n    exp: " + listed(expected) + "\n    got: "
                    + listed(got));
        }
    }

    private static String listed(List<?> items) {
        return items.isEmpty()
                ? "nothing"
                : items.stream().map(Object::toString).collect(Collectors.joining("\n         "));
    }

    private void check(TestGroup.ExpressionCase expectation) {
        long at = test.startMs() + expectation.evalTime().toMillis();
        String where = expectation.position() + ": expr: \"" + expectation.expression() + "\", time: "
                + Durations.format(expectation.evalTime());
        try {
            List<TestGroup.ExpectedSample> got = RuleRun.vector(
                            engine, series, PromqlParser.parse(expectation.expression(), ParserOptions.ALL), at)
                    .stream()
                    .map(TestRun::shown)
                    .sorted(Comparator.comparing(TestGroup.ExpectedSample::labels))
                    .toList();
            List<TestGroup.ExpectedSample> expected = expectation.expected().stream()
                    .sorted(Comparator.comparing(TestGroup.ExpectedSample::labels))
                    .toList();
            if (!same(expected, got)) {
                failures.add(where + "\n    exp: " + samples(expected) + "\n    got: " + samples(got));
            }
        } catch (PromqlParseException | RuleRun.EvaluationException e) {
            failures.add(where + ", err: " + e.getMessage());
        }
    }

    private static TestGroup.ExpectedSample shown(Sample sample) {
        FloatHistogram histogram = sample.histogram();
        return new TestGroup.ExpectedSample(
                sample.labels(), sample.value(), histogram == null ? "" : HistogramLiteral.format(histogram));
    }

    private boolean same(List<TestGroup.ExpectedSample> expected, List<TestGroup.ExpectedSample> got) {
        boolean same = expected.size() == got.size();
        for (int i = 0; same && i < expected.size(); i++) {
            TestGroup.ExpectedSample e = expected.get(i);
            TestGroup.ExpectedSample g = got.get(i);
            boolean floats = e.histogram().isEmpty() && g.histogram().isEmpty();
            boolean values =
                    floats ? close(e.value(), g.value()) : e.histogram().equals(g.histogram());
            same = values && e.labels().equals(g.labels());
        }
        return same;
    }

    /** Equal, or with fuzzy comparison neighbours among the floats. */
    private boolean close(double a, double b) {
        return a == b || (file.fuzzyCompare() && (Math.nextDown(a) == b || Math.nextUp(a) == b));
    }

    private static String samples(List<TestGroup.ExpectedSample> samples) {
        return listed(samples.stream()
                .map(sample -> text(sample.labels()) + " "
                        + (sample.histogram().isEmpty() ? GoFloat.format(sample.value()) : sample.histogram()))
                .toList());
    }

    private static String text(Labels labels) {
        String name = labels.metricName();
        Labels rest = labels.withoutName();
        return rest.isEmpty() && !name.isEmpty() ? name : name + rest;
    }
}
