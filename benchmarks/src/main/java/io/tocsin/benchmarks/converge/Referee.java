package io.tocsin.benchmarks.converge;

import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.Snapshot;
import io.tocsin.rulesengine.converge.Snapshot.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads snapshots as a stranger would and holds them against what was told. Plain checks: they run millions of times. */
final class Referee {

    private final Map<String, Snapshot> newest = new HashMap<>();
    /** By alert: whether the last snapshot that named it showed it as active. */
    private final Map<String, Boolean> shown = new HashMap<>();

    static void that(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    void said(Snapshot snapshot) {
        Snapshot before = newest.put(snapshot.id(), snapshot);
        long revision = before == null ? 0 : before.revision();
        that(snapshot.revision() == revision + 1, () -> snapshot.id() + " skips a revision after " + revision);
        that(before == null || before.status() == Status.OPEN, () -> snapshot.id() + " goes on after its end");
        snapshot.parts().forEach(part -> shown.put(part.alert().fingerprint(), part.endsAtMs() == 0));
    }

    /** What people see is what was told: each active alert is in one open incident, and none stays open without one. */
    void check(Map<String, Fact.Change> truth) {
        int counted = 0;
        Set<String> named = new HashSet<>();
        for (Snapshot snapshot : newest.values()) {
            if (snapshot.status() == Status.MERGED) {
                that(newest.containsKey(snapshot.mergedInto()), () -> snapshot.id() + " is merged into nothing");
            }
            if (snapshot.status() == Status.OPEN) {
                counted += snapshot.active();
                snapshot.parts().forEach(part -> {
                    Fact.Change told = truth.get(part.alert().fingerprint());
                    that(told != null && part.alert().id().equals(told.id()), () -> part + " is not as told: " + told);
                    that(named.add(part.alert().fingerprint()), () -> part + " is in two incidents");
                });
            }
        }
        long active =
                truth.values().stream().filter(change -> change.to().active()).count();
        int seen = counted;
        that(seen >= active, () -> active + " alerts are active, incidents have " + seen);
    }

    /** Nothing is left, and whoever was shown an alert was shown its end. */
    void checkAllOver() {
        newest.values()
                .forEach(snapshot -> that(snapshot.status() != Status.OPEN, () -> snapshot + " outlives its members"));
        shown.forEach((alert, active) -> that(!active, () -> "the recovery of " + alert + " was never shown"));
    }
}
