package io.tocsin.rulesengine.evaluate;

import io.tocsin.contracts.Environments;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.plan.ConditionResult;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.AlertMachine;
import io.tocsin.rulesengine.alert.AlertPolicy;
import io.tocsin.rulesengine.alert.Certainty;
import io.tocsin.rulesengine.alert.Condition;
import io.tocsin.rulesengine.alert.RuleState;
import io.tocsin.rulesengine.alert.Transition;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.template.TemplateContext;
import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Evaluates the due rules of one evaluate partition at one tick after another. Owned by one thread. */
public final class TickEvaluator {

    private static final double NANOS = 1e9;

    /** The annotation in which a spike says what was seen, what is expected, and why. */
    private static final String WHY = "why";

    private final Settings settings;
    private final Memory memory;
    private final Engine engine;
    private final Views views;
    private final EngineAlerts engineAlerts;
    private Map<String, AlertTexts> texts = new HashMap<>();
    private String textsOf = "";

    /**
     * What an evaluator works with.
     *
     * @param partition its evaluate partition, of {@code partitions}
     * @param lookbackMs how far the engine's instant selectors look back, milliseconds
     * @param nanos measures how long rules take, for people; no result depends on it
     */
    public record Settings(
            int partition, int partitions, long lookbackMs, TemplateContext templates, LongSupplier nanos) {}

    public TickEvaluator(Settings settings, Engine engine, Memory memory) {
        this.settings = settings;
        this.engine = engine;
        this.memory = memory;
        this.views = new Views();
        this.engineAlerts = new EngineAlerts(memory);
    }

    /** Evaluates one tick under the rules that are in force at it. */
    public Outcome evaluate(AssembledTick tick, CompiledRules rules) {
        parseTexts(rules);
        boolean sameRules = tick.reports().values().stream()
                .allMatch(report -> report.ruleVersion().equals(rules.version()));
        Evidence evidence = new Evidence(tick, sameRules, settings.lookbackMs());
        List<Notice> notices = new ArrayList<>();
        if (sameRules) {
            removeGone(rules, evidence, notices);
        }
        for (CompiledGroup group : rules.due(tick.tickMs(), settings.partition(), settings.partitions())) {
            long started = settings.nanos().getAsLong();
            group.rules().forEach(rule -> evaluate(group, rule, evidence, notices));
            views.evaluated(group, tick.tickMs(), (settings.nanos().getAsLong() - started) / NANOS);
        }
        if (settings.partition() == 0) {
            engineAlerts.shards(tick).forEach(change -> notices.add(notice(change, evidence)));
        }
        memory.expire(tick.tickMs());
        notices.sort(Comparator.comparing(notice -> notice.transition().after().fingerprint()));
        return new Outcome(tick.tickMs(), tick.complete(), notices);
    }

    /** What this partition shows after the newest tick. */
    public EngineView.PartitionView view(long tickMs, CompiledRules rules) {
        return views.view(
                tickMs, rules.groupsOf(settings.partition(), settings.partitions()), memory, engineAlerts.active());
    }

    private void parseTexts(CompiledRules rules) {
        if (textsOf.equals(rules.version())) {
            return;
        }
        Map<String, AlertTexts> next = new HashMap<>();
        for (CompiledGroup group : rules.groupsOf(settings.partition(), settings.partitions())) {
            for (CompiledRule rule : group.rules()) {
                if (rule.rule() instanceof Rule.Alerting alerting) {
                    next.put(rule.id(), new AlertTexts(alerting, settings.templates()));
                }
            }
        }
        texts = next;
        textsOf = rules.version();
    }

    /** Rules that are no longer there take their alerts with them. */
    private void removeGone(CompiledRules rules, Evidence evidence, List<Notice> notices) {
        if (memory.version().equals(rules.version())) {
            return;
        }
        Set<String> there = rules.groupsOf(settings.partition(), settings.partitions()).stream()
                .flatMap(group -> group.rules().stream())
                .map(CompiledRule::id)
                .collect(Collectors.toSet());
        for (String rule : memory.rules()) {
            if (!there.contains(EngineAlerts.ruleOf(rule)) && !EngineAlerts.isPipeline(rule)) {
                AlertMachine machine = new AlertMachine(rule, AlertPolicy.immediate(Condition.THRESHOLD));
                Step<RuleState, Transition> step =
                        machine.removed(memory.rule(rule), evidence.tick().tickMs());
                memory.rule(rule, step.state());
                memory.forgetExpectations(rule);
                step.events()
                        .forEach(gone -> notices.add(
                                notice(new EngineAlerts.Change(rule, "", "", gone, new TreeMap<>()), evidence)));
            }
        }
        // What they recorded ends, and the series that show their alerts.
        memory.recorded().rules().stream()
                .filter(name -> !there.contains(AlertSeries.ruleOf(name)))
                .forEach(name -> memory.record(name, Map.of(), evidence.tick().tickMs()));
        memory.version(rules.version());
    }

    private void evaluate(CompiledGroup group, CompiledRule rule, Evidence evidence, List<Notice> notices) {
        Certainty certainty = evidence.certainty(rule);
        if (certainty == Certainty.NOTHING) {
            views.waiting(rule, evidence);
            return;
        }
        long started = settings.nanos().getAsLong();
        String error = "";
        try {
            evaluateOrFail(group, rule, evidence, certainty, notices);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever a rule does, it is that rule's error and never the end of the stream thread.
            error = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            fail(group, rule, error, evidence, notices);
        }
        views.evaluated(rule, error, evidence.tick().tickMs(), (settings.nanos().getAsLong() - started) / NANOS);
    }

    private void evaluateOrFail(
            CompiledGroup group, CompiledRule rule, Evidence evidence, Certainty certainty, List<Notice> notices) {
        Merging merging = new Merging(engine, memory.recorded());
        Map<String, String> whys = new HashMap<>();
        RuleState before = memory.rule(rule.id());
        Step<RuleState, Transition> step = switch (rule.rule()) {
            case Rule.Recording recording -> {
                record(group, rule, recording, evidence, merging);
                yield restored(rule, before, evidence);
            }
            case Rule.Alerting alerting -> {
                AlertingEvaluation evaluation =
                        new AlertingEvaluation(group, rule, alerting, textsOf(rule), memory, evidence);
                Step<RuleState, Transition> next = evaluation.next(before, certainty, merging);
                whys.putAll(evaluation.whys());
                yield next;
            }
            case Rule.Objective objective ->
                throw new IllegalStateException(objective.name() + " stands for its alerts");
        };
        memory.rule(rule.id(), step.state());
        if (rule.rule() instanceof Rule.Alerting) {
            show(rule, step.state(), evidence.tick().tickMs());
        }
        String expr = EngineAlerts.expression(rule);
        for (Transition change : step.events()) {
            notices.add(notice(
                    new EngineAlerts.Change(rule.id(), group.key(), expr, change, annotations(rule, change, whys)),
                    evidence));
        }
        engineAlerts
                .limit(group, rule, step.state().cut(), evidence.tick().tickMs())
                .forEach(change -> notices.add(notice(change, evidence)));
    }

    private void show(CompiledRule rule, RuleState state, long tickMs) {
        String name = AlertSeries.recordedAs(rule.id());
        Map<Labels, Recorded> series = AlertSeries.of(state);
        if (!series.isEmpty() || !memory.lastRecorded(name).isEmpty()) {
            memory.record(name, series, tickMs);
        }
    }

    private AlertTexts textsOf(CompiledRule rule) {
        AlertTexts known = texts.get(rule.id());
        if (known == null) {
            throw new IllegalStateException("no texts of " + rule.id());
        }
        return known;
    }

    private SortedMap<String, String> annotations(CompiledRule rule, Transition change, Map<String, String> whys) {
        AlertTexts known = texts.get(rule.id());
        AlertInstance after = change.after();
        SortedMap<String, String> annotations =
                known == null ? new TreeMap<>() : known.annotations(after.labels(), after.value(), change.atMs());
        String why = whys.get(after.series());
        if (why != null) {
            annotations.putIfAbsent(WHY, why);
        }
        return annotations;
    }

    /** A recording rule has no alerts but the one that says it failed. */
    private static Step<RuleState, Transition> restored(CompiledRule rule, RuleState before, Evidence evidence) {
        AlertMachine machine = new AlertMachine(rule.id(), AlertPolicy.immediate(Condition.THRESHOLD));
        return machine.next(
                before,
                List.of(),
                Certainty.COMPLETE,
                instance -> io.tocsin.rulesengine.alert.Absence.TARGET_REPORTS,
                evidence.tick().tickMs());
    }

    private void record(
            CompiledGroup group, CompiledRule rule, Rule.Recording recording, Evidence evidence, Merging merging) {
        long tickMs = evidence.tick().tickMs();
        ConditionResult result =
                merging.finish(evidence.tick(), rule.id(), 0, rule.expr(), tickMs - group.queryOffsetMs());
        Map<Labels, Recorded> series = new HashMap<>();
        for (ConditionResult.Entry entry : result.entries()) {
            if (!entry.holds()) {
                continue;
            }
            Labels.Builder labels = entry.labels().toBuilder().set(Labels.METRIC_NAME, recording.name());
            recording.labels().forEach(labels::set);
            if (series.put(labels.build(), new Recorded(entry.value(), entry.histogram())) != null) {
                throw new RuleFailure("vector contains metrics with the same labelset after applying rule labels");
            }
        }
        if (group.limit() > 0 && series.size() > group.limit()) {
            throw new RuleFailure("exceeded limit of " + group.limit() + " with " + series.size() + " series");
        }
        memory.record(rule.id(), series, tickMs);
    }

    private void fail(CompiledGroup group, CompiledRule rule, String error, Evidence evidence, List<Notice> notices) {
        Step<RuleState, Transition> step =
                engineAlerts.failed(group, rule, evidence.tick().tickMs());
        memory.rule(rule.id(), step.state());
        TreeMap<String, String> annotations = new TreeMap<>(Map.of("summary", error));
        String expr = EngineAlerts.expression(rule);
        step.events()
                .forEach(change -> notices.add(
                        notice(new EngineAlerts.Change(rule.id(), group.key(), expr, change, annotations), evidence)));
    }

    private static Notice notice(EngineAlerts.Change change, Evidence evidence) {
        String environment =
                change.transition().after().labels().getOrDefault(Environments.LABEL, Environments.DEFAULT);
        return new Notice(
                environment,
                change.rule(),
                change.group(),
                change.expr(),
                change.transition(),
                change.annotations(),
                evidence.tick().complete(),
                evidence.newestAgeMs(EngineAlerts.ruleOf(change.rule())),
                evidence.tick().reports().size(),
                evidence.tick().expected());
    }
}
