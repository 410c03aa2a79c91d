package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import java.util.HashMap;
import java.util.Map;

/** Which faults hold now, and since when. */
final class Faults {

    private record Key(Kind kind, String subject) {}

    private record Holding(long since, long until) {}

    private final Map<Key, Holding> holding = new HashMap<>();

    void begin(Fault fault) {
        Key key = new Key(fault.kind(), fault.subject());
        Holding before = holding.get(key);
        long until = fault.at() + fault.lasting();
        holding.put(
                key,
                before == null || before.until() < fault.at()
                        ? new Holding(fault.at(), until)
                        : new Holding(before.since(), Math.max(before.until(), until)));
    }

    boolean holds(Kind kind, String subject, long now) {
        return since(kind, subject, now) >= 0;
    }

    /** For how many milliseconds it has held; -1 when it does not. */
    long since(Kind kind, String subject, long now) {
        Holding found = holding.get(new Key(kind, subject));
        return found == null || now < found.since() || now >= found.until() ? -1 : now - found.since();
    }

    /** When it will be over, or is. */
    long until(Kind kind, String subject) {
        Holding found = holding.get(new Key(kind, subject));
        return found == null ? 0 : found.until();
    }
}
