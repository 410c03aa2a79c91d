package io.tocsin.rulesengine.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.converge.Snapshot.Disposition;
import io.tocsin.rulesengine.state.Step;
import io.tocsin.rulesengine.topology.EdgeKey;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An environment that is told what fails, tick by tick, and that checks itself after each. Seconds here, not milliseconds. */
final class World {

    static final Fact.Quality FINE = new Fact.Quality(100, 1, 1, 0);

    private final Converger converger;
    private final List<Fact> inbox = new ArrayList<>();
    final List<Snapshot> told = new ArrayList<>();
    final SortedMap<String, Snapshot> newest = new TreeMap<>();
    private final SortedMap<String, byte[]> store = new TreeMap<>();
    private ConvergeState written = ConvergeState.empty("default");
    ConvergeState state = written;

    World() {
        this(ConvergePolicy.DEFAULT);
    }

    World(ConvergePolicy policy) {
        converger = new Converger(policy);
    }

    static SortedMap<String, String> labels(String name, String service, String severity) {
        return new TreeMap<>(Map.of("alertname", name, "service_name", service, "severity", severity));
    }

    static Fact.Change change(SortedMap<String, String> labels, AlertState to, Reason reason, long second) {
        return change("f;g/" + labels.get("alertname"), labels, to, reason, second);
    }

    static Fact.Change change(
            String rule, SortedMap<String, String> labels, AlertState to, Reason reason, long second) {
        String fingerprint = Fingerprint.of(labels);
        return new Fact.Change(
                Fingerprint.transition(rule, fingerprint, second * 1000, to),
                fingerprint,
                rule,
                labels,
                new TreeMap<>(),
                to,
                reason,
                second * 1000,
                to.active() ? second * 1000 : 0,
                1,
                FINE,
                "tocsin",
                "");
    }

    World fires(String name, String service, long second) {
        return tell(change(labels(name, service, "warning"), AlertState.FIRING, Reason.THRESHOLD_CROSSED, second));
    }

    World goesAway(String name, String service, long second) {
        return tell(change(labels(name, service, "warning"), AlertState.FIRING, Reason.SERIES_MISSING, second));
    }

    World recovers(String name, String service, long second) {
        return tell(
                change(labels(name, service, "warning"), AlertState.INACTIVE, Reason.RECOVERED_ON_FRESH_DATA, second));
    }

    World calls(String caller, String callee, long second) {
        return calls(caller, callee, second, 0, 0, 0);
    }

    /** Ten calls in the window that ends at this second. */
    World calls(String caller, String callee, long second, int clientErrors, int serverErrors, int unanswered) {
        return tell(new Fact.Called(new EdgeWindow(
                new EdgeKey("default", caller, callee),
                second * 1000,
                10,
                clientErrors,
                serverErrors,
                unanswered,
                1,
                1,
                false)));
    }

    World runsOn(String service, String node, long second) {
        return tell(new Fact.RunsOn(service, node, "", second * 1000));
    }

    World deployed(String service, String version, long second) {
        return tell(new Fact.RunsOn(service, "", version, second * 1000));
    }

    World tell(Fact fact) {
        inbox.add(FactCodec.decode(FactCodec.encode(fact)));
        return this;
    }

    /** The state as the parts say it that were written since the beginning. */
    private ConvergeState restarted() {
        StateParts.Changes changes = StateParts.between(written, state);
        changes.removed().forEach(store::remove);
        store.putAll(changes.written());
        written = state;
        return StateParts.assemble(state.environment(), store);
    }

    /** The tick ends; what it says is returned. */
    List<Snapshot> tick(long second) {
        ConvergeState before = restarted();
        Step<ConvergeState, Snapshot> step = converger.next(state, inbox, second * 1000);
        assertThat(converger.next(before, inbox, second * 1000).events())
                .as("after a restart")
                .isEqualTo(step.events());
        inbox.clear();
        state = step.state();
        told.addAll(step.events());
        step.events().forEach(snapshot -> newest.put(snapshot.id(), snapshot));
        Invariants.check(state);
        return step.events();
    }

    /** Ticks without news, one a second. */
    void quiet(long fromSecond, long toSecond) {
        for (long second = fromSecond; second <= toSecond; second++) {
            tick(second);
        }
    }

    List<Snapshot> open() {
        return newest.values().stream()
                .filter(snapshot -> snapshot.status() == Snapshot.Status.OPEN)
                .toList();
    }

    /** The only incident that is open. */
    Snapshot incident() {
        assertThat(open()).hasSize(1);
        return open().getFirst();
    }

    static String root(Snapshot incident) {
        return incident.causes().getFirst().element();
    }

    static List<String> evidence(Snapshot incident) {
        return incident.causes().getFirst().evidence().stream()
                .map(Snapshot.Evidence::words)
                .toList();
    }

    static long count(Snapshot incident, Disposition disposition) {
        return incident.parts().stream()
                .filter(part -> part.disposition() == disposition)
                .count();
    }
}
