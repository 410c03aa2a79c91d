package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.plan.ConditionResult;
import io.tocsin.rulesengine.alert.Absence;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.AlertMachine;
import io.tocsin.rulesengine.alert.AlertPolicy;
import io.tocsin.rulesengine.alert.Certainty;
import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.alert.Observation;
import io.tocsin.rulesengine.alert.Observation.Finding;
import io.tocsin.rulesengine.alert.RuleState;
import io.tocsin.rulesengine.alert.Transition;
import io.tocsin.rulesengine.alert.WhenMissing;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One alerting rule at one tick: from the merged result to the transitions of its alerts. */
final class AlertingEvaluation {

    private final CompiledGroup group;
    private final CompiledRule compiled;
    private final Rule.Alerting rule;
    private final AlertTexts texts;
    private final Memory memory;
    private final Evidence evidence;
    private final long tickMs;
    private final Map<String, String> whys = new HashMap<>();

    AlertingEvaluation(
            CompiledGroup group,
            CompiledRule compiled,
            Rule.Alerting rule,
            AlertTexts texts,
            Memory memory,
            Evidence evidence) {
        this.group = group;
        this.compiled = compiled;
        this.rule = rule;
        this.texts = texts;
        this.memory = memory;
        this.evidence = evidence;
        this.tickMs = evidence.tick().tickMs();
    }

    /** What the rule's kind of condition makes of the result. */
    Step<RuleState, Transition> next(RuleState state, Certainty certainty, Merging merging) {
        ConditionResult result = merging.finish(evidence.tick(), compiled.id(), 0, compiled.expr(), atMs());
        return switch (rule.condition()) {
            case Condition.Threshold threshold -> threshold(state, certainty, merging, result);
            case Condition.Outage outage -> outage(state, certainty, outage, result);
            case Condition.Spike spike -> spike(state, certainty, spike, result);
        };
    }

    private long atMs() {
        return tickMs - group.queryOffsetMs();
    }

    private Step<RuleState, Transition> threshold(
            RuleState state, Certainty certainty, Merging merging, ConditionResult result) {
        Optional<ConditionResult> recover =
                compiled.recover().map(query -> merging.finish(evidence.tick(), compiled.id(), 1, query, atMs()));
        List<Observation> found = new ArrayList<>();
        Set<Labels> recovered = new HashSet<>();
        recover.ifPresent(back -> back.entries().stream()
                .filter(ConditionResult.Entry::holds)
                .forEach(entry -> recovered.add(entry.labels().withoutName())));
        for (ConditionResult.Entry entry : result.entries()) {
            Labels bare = entry.labels().withoutName();
            boolean clear = recovered.remove(bare) || recover.isEmpty();
            if (entry.holds()) {
                found.add(holds(bare, entry.value(), entry.histogram()));
            } else if (!state.instances().isEmpty()) {
                found.add(seen(bare, entry.value(), clear ? Finding.CLEAR : Finding.BETWEEN));
            }
        }
        if (!state.instances().isEmpty()) {
            recovered.forEach(bare -> found.add(seen(bare, 0, Finding.CLEAR)));
        }
        return machine(io.tocsin.rulesengine.alert.Condition.THRESHOLD, AlertPolicy.FORGET_AFTER_MS)
                .next(state, found, certainty, this::absence, tickMs);
    }

    private Absence absence(AlertInstance instance) {
        return evidence.absence(instance.labels(), instance.goneSinceMs(tickMs), compiled.maxRangeMs());
    }

    private Step<RuleState, Transition> spike(
            RuleState state, Certainty certainty, Condition.Spike spike, ConditionResult result) {
        SortedMap<String, Labels> labels = new TreeMap<>();
        SortedMap<String, Double> present = new TreeMap<>();
        present(result, labels, present);
        SpikeWatch watch = new SpikeWatch(compiled.id(), spike, group.intervalMs(), memory, tickMs);
        // What is learned from a part of the data is wrong afterwards.
        List<Observation> found =
                certainty == Certainty.COMPLETE ? watch.next(labels, present, this::holds) : List.of();
        whys.putAll(watch.whys());
        return machine(io.tocsin.rulesengine.alert.Condition.SPIKE, AlertPolicy.FORGET_AFTER_MS)
                .next(state, found, certainty, this::absence, tickMs);
    }

    /** Of the series that the rule has an opinion on: what was seen and why that is told. */
    Map<String, String> whys() {
        return whys;
    }

    private static void present(
            ConditionResult result, SortedMap<String, Labels> labels, SortedMap<String, Double> present) {
        for (ConditionResult.Entry entry : result.entries()) {
            if (entry.holds()) {
                Labels bare = entry.labels().withoutName();
                labels.put(series(bare), bare);
                present.put(series(bare), entry.value());
            }
        }
    }

    private Step<RuleState, Transition> outage(
            RuleState state, Certainty certainty, Condition.Outage outage, ConditionResult result) {
        SortedMap<String, Labels> labels = new TreeMap<>();
        SortedMap<String, Double> present = new TreeMap<>();
        present(result, labels, present);
        OutageWatch watch = new OutageWatch(compiled, group, outage, memory, evidence, certainty);
        List<Observation> found = watch.next(labels, present, this::holds);
        long forgetMs = outage.forgetAfter().toMillis();
        return machine(io.tocsin.rulesengine.alert.Condition.OUTAGE, forgetMs)
                .next(
                        state,
                        found,
                        certainty,
                        // Also where a tick before forgot it and then failed, or the rule was none of outages then.
                        instance -> memory.expectations(compiled.id()).containsKey(instance.series())
                                ? Absence.UNKNOWN
                                : Absence.FORGOTTEN,
                        tickMs);
    }

    private AlertMachine machine(io.tocsin.rulesengine.alert.Condition condition, long forgetAfterMs) {
        return new AlertMachine(
                compiled.id(),
                new AlertPolicy(
                        condition,
                        rule.holdFor().toMillis(),
                        rule.keepFiringFor().toMillis(),
                        WhenMissing.valueOf(rule.whenMissing().name()),
                        forgetAfterMs,
                        group.limit(),
                        group.intervalMs()));
    }

    private Observation holds(Labels bare, double value, @org.jspecify.annotations.Nullable FloatHistogram histogram) {
        return new Observation(series(bare), texts.labels(bare, value, histogram, atMs()), value, Finding.HOLDS);
    }

    private static Observation seen(Labels bare, double value, Finding finding) {
        return new Observation(series(bare), new TreeMap<>(), value, finding);
    }

    private static String series(Labels bare) {
        return Fingerprint.of(texts(bare));
    }

    static SortedMap<String, String> texts(Labels labels) {
        TreeMap<String, String> all = new TreeMap<>();
        labels.forEach(all::put);
        return all;
    }
}
