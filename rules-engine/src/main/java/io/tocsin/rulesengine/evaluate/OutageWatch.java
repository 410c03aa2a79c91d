package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.alert.Certainty;
import io.tocsin.rulesengine.alert.Observation;
import io.tocsin.rulesengine.alert.Observation.Finding;
import io.tocsin.rulesengine.detect.Expectation;
import io.tocsin.rulesengine.detect.OutageDetector;
import io.tocsin.rulesengine.detect.OutagePolicy;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One outage rule at one tick: what it expected, what it found, and what it expects from now on. */
final class OutageWatch {

    /** Makes the observation of an alert that holds. */
    @FunctionalInterface
    interface Holding {
        Observation of(Labels labels, double value, @Nullable FloatHistogram histogram);
    }

    private static final double MS = 1000;

    /** Labels that tell apart the instances of one thing, so that they change when it is deployed anew. */
    private static final List<String> OF_INSTANCE = List.of(
            "instance",
            "service_instance_id",
            "pod",
            "k8s_pod_name",
            "k8s_pod_uid",
            "container_id",
            "host_name",
            "node",
            "k8s_node_name");

    private final String rule;
    private final long maxRangeMs;
    private final OutageDetector detector;
    private final Memory memory;
    private final Evidence evidence;
    private final Certainty certainty;
    private final long tickMs;
    private final List<Observation> observations = new ArrayList<>();
    private final Map<Labels, List<String>> bySlot = new HashMap<>();

    OutageWatch(
            CompiledRule rule,
            CompiledGroup group,
            Condition.Outage outage,
            Memory memory,
            Evidence evidence,
            Certainty certainty) {
        this.rule = rule.id();
        this.maxRangeMs = rule.maxRangeMs();
        this.detector = new OutageDetector(policy(outage, group.intervalMs()));
        this.memory = memory;
        this.evidence = evidence;
        this.certainty = certainty;
        this.tickMs = evidence.tick().tickMs();
    }

    private static OutagePolicy policy(Condition.Outage outage, long intervalMs) {
        double intervals = 0;
        long forMs = 0;
        switch (outage.missingFor()) {
            case Condition.MissingFor.Intervals counted -> intervals = counted.count();
            case Condition.MissingFor.Time time -> forMs = time.duration().toMillis();
            case null -> {
                // Only zero is an outage.
            }
        }
        Duration zero = outage.zeroFor();
        return new OutagePolicy(
                intervals,
                forMs,
                zero == null ? 0 : zero.toMillis(),
                outage.forgetAfter().toMillis(),
                intervalMs);
    }

    /**
     * Takes the result; returns what the alerts of the rule are told. Of what is forgotten nothing is expected any more.
     *
     * @param labels of the series that are there
     * @param present their values
     */
    List<Observation> next(SortedMap<String, Labels> labels, SortedMap<String, Double> present, Holding holding) {
        if (certainty == Certainty.NOTHING) {
            return List.of();
        }
        present.forEach((series, value) -> present(series, labels.getOrDefault(series, Labels.EMPTY), value, holding));
        // A copy, for what is forgotten leaves the expectations meanwhile.
        Map<String, Expected> away = new TreeMap<>(memory.expectations(rule));
        away.keySet().removeAll(present.keySet());
        away.forEach((series, expected) -> absent(series, expected, holding));
        return observations;
    }

    private void present(String series, Labels labels, double value, Holding holding) {
        Expected known = memory.expectations(rule).get(series);
        Expectation before = known == null ? detector.first(tickMs) : known.expectation();
        OutageDetector.Detection detection = detector.present(before, value, tickMs);
        memory.expect(rule, series, new Expected(labels, detection.state()));
        observe(series, labels, value, detection.verdict(), holding);
    }

    private void absent(String series, Expected expected, Holding holding) {
        Map<String, String> labels = AlertingEvaluation.texts(expected.labels());
        boolean counts =
                certainty == Certainty.COMPLETE && evidence.absenceCounts(maxRangeMs) && !evidence.blind(labels);
        OutageDetector.Detection detection = counts
                ? detector.absent(expected.expectation(), evidence.cadenceMs(labels), tickMs)
                : detector.unknown(expected.expectation());
        if (detection.verdict() == OutageDetector.Verdict.FORGOTTEN) {
            memory.forget(rule, series);
            return;
        }
        if (detection.verdict() == OutageDetector.Verdict.OUTAGE && replaced(expected.labels(), detection.state())) {
            memory.forget(rule, series);
            return;
        }
        memory.expect(rule, series, new Expected(expected.labels(), detection.state()));
        if (detection.verdict() == OutageDetector.Verdict.OUTAGE) {
            observe(series, expected.labels(), detection.state().absentMs() / MS, detection.verdict(), holding);
        }
    }

    /** Whether another instance took its place: each takes the place of one, so that fewer than before are an outage. */
    private boolean replaced(Labels labels, Expectation left) {
        Labels slot = labels.drop(OF_INSTANCE);
        if (slot.size() == labels.size()) {
            return false;
        }
        for (String series : bySlot().getOrDefault(slot, List.of())) {
            Expected other = memory.expectations(rule).get(series);
            if (other != null && other.expectation().canSucceed(left)) {
                memory.expect(
                        rule,
                        series,
                        new Expected(other.labels(), other.expectation().asSuccessor()));
                return true;
            }
        }
        return false;
    }

    private Map<Labels, List<String>> bySlot() {
        if (bySlot.isEmpty()) {
            memory.expectations(rule)
                    .forEach((series, expected) -> bySlot.computeIfAbsent(
                                    expected.labels().drop(OF_INSTANCE), slot -> new ArrayList<>())
                            .add(series));
        }
        return bySlot;
    }

    private void observe(String series, Labels labels, double value, OutageDetector.Verdict verdict, Holding holding) {
        switch (verdict) {
            case OUTAGE -> observations.add(holding.of(labels, value, null));
            case FINE -> observations.add(new Observation(series, new TreeMap<>(), value, Finding.CLEAR));
            case UNDECIDED, FORGOTTEN -> {
                // The alert stays as it is, or is told that it is forgotten.
            }
        }
    }
}
