package io.tocsin.benchmarks.rootcause;

import io.tocsin.benchmarks.rootcause.Recording.Usual;
import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.converge.ConvergeState;
import io.tocsin.rulesengine.converge.Converger;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.Snapshot;
import io.tocsin.rulesengine.state.Step;
import io.tocsin.rulesengine.topology.EdgeKey;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One recorded fault, told to convergence as alerts and calls: an alert where a service is slower, or answers less, than
 * it did without faults.
 *
 * @param usual the same system without faults
 * @param faulty while the fault was there
 * @param calls caller and callee
 */
record Issue(Recording usual, Recording faulty, List<String[]> calls) {

    private static final String ENVIRONMENT = "recorded";
    private static final String LATENCY = "latency";
    private static final String AVAILABILITY = "availability";
    private static final long SECOND_MS = 1_000;
    private static final long CALLS = 1_000;
    private static final double PERCENT = 100;
    private static final double SPREADS = 6;
    private static final double SLOWER = 1.3;
    private static final double LESS_PERCENT = 1;
    private static final int USUAL_WINDOWS = 50;

    /** The candidates of the incident that the service is part of, the likeliest first; empty when nothing was found. */
    List<String> causesAt(String service) {
        SortedSet<Long> times = new TreeSet<>();
        faulty.values().values().forEach(values -> times.addAll(values.keySet()));
        Converger converger = new Converger(ConvergePolicy.DEFAULT);
        ConvergeState state = ConvergeState.empty(ENVIRONMENT);
        SortedMap<String, Snapshot> newest = new TreeMap<>();
        List<Fact> before = new ArrayList<>();
        for (int i = USUAL_WINDOWS; i > 0; i--) {
            before.addAll(windows(usual, times.first() - i, Long.MAX_VALUE));
        }
        state = converger.next(state, before, times.first() * SECOND_MS).state();
        for (long at : times) {
            List<Fact> facts = windows(faulty, at, at);
            faulty.services().forEach(name -> alerts(name, at, facts));
            Step<ConvergeState, Snapshot> step = converger.next(state, facts, at * SECOND_MS);
            state = step.state();
            step.events().forEach(snapshot -> newest.put(snapshot.id(), snapshot));
        }
        return newest.values().stream()
                .filter(snapshot -> snapshot.status() == Snapshot.Status.OPEN)
                .filter(snapshot -> snapshot.parts().stream()
                        .anyMatch(part -> part.element().equals(service)))
                .findFirst()
                .map(snapshot ->
                        snapshot.causes().stream().map(Snapshot.Cause::element).toList())
                .orElse(List.of());
    }

    private void alerts(String service, long at, List<Fact> facts) {
        Double latency = faulty.of(service, LATENCY).get(at);
        Usual fast = usualOf(service, LATENCY);
        if (latency != null && latency > fast.median() + SPREADS * fast.spread() && latency > SLOWER * fast.median()) {
            facts.add(change("Slow", service, at));
        }
        Double available = faulty.of(service, AVAILABILITY).get(at);
        Usual answers = usualOf(service, AVAILABILITY);
        if (available != null && available < answers.median() - LESS_PERCENT - SPREADS * answers.spread()) {
            facts.add(change("Errors", service, at));
        }
    }

    private Usual usualOf(String service, String metric) {
        return Usual.of(usual.of(service, metric).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static Fact.Change change(String name, String service, long at) {
        SortedMap<String, String> labels = new TreeMap<>(Map.of("alertname", name, "service_name", service));
        String fingerprint = Fingerprint.of(labels);
        return new Fact.Change(
                Fingerprint.transition(name, fingerprint, at * SECOND_MS, AlertState.FIRING),
                fingerprint,
                name,
                labels,
                new TreeMap<>(),
                AlertState.FIRING,
                Reason.THRESHOLD_CROSSED,
                at * SECOND_MS,
                at * SECOND_MS,
                1,
                new Fact.Quality(1, 1, 1, 0),
                "tocsin",
                "");
    }

    /** Calls as the callee's metrics say them; {@code sampled} beyond all times means: as they usually are. */
    private List<Fact> windows(Recording of, long at, long sampled) {
        List<Fact> facts = new ArrayList<>();
        for (String[] call : calls) {
            double latency = value(of, call[1], LATENCY, sampled, 0);
            double available = value(of, call[1], AVAILABILITY, sampled, PERCENT);
            long failed = Math.round(CALLS * (1 - available / PERCENT));
            facts.add(new Fact.Called(new EdgeWindow(
                    new EdgeKey(ENVIRONMENT, call[0], call[1]),
                    at * SECOND_MS,
                    CALLS,
                    failed,
                    failed,
                    0,
                    latency * CALLS,
                    latency * CALLS,
                    false)));
        }
        return facts;
    }

    private double value(Recording of, String service, String metric, long at, double otherwise) {
        Double value = of.of(service, metric).get(at);
        if (value != null) {
            return value;
        }
        return usual.of(service, metric).isEmpty()
                ? otherwise
                : usualOf(service, metric).median();
    }
}
