package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One alert as convergence knows it. Times are ticks, Unix milliseconds.
 *
 * @param change the newest change that was told of it
 * @param element what it speaks of
 * @param startedBy why it last became active
 * @param startsAtMs when it last became active
 * @param endsAtMs when it recovered; 0 while it is active
 * @param changes when it became active or recovered lately
 * @param flapping whether it changes too often to follow each change
 * @param incident the open incident that it belongs to; "" for none
 * @param absorbed whether the storm limit put it there, rather than the topology
 * @param listed whether snapshots name it; otherwise they count it
 */
record Member(
        Fact.Change change,
        String element,
        Reason startedBy,
        long startsAtMs,
        long endsAtMs,
        List<Long> changes,
        boolean flapping,
        String incident,
        boolean absorbed,
        boolean listed) {

    private static final int LAYOUT = 1;

    Member {
        changes = List.copyOf(changes);
    }

    /** What the first change told of an alert makes of it. */
    static Member first(Fact.Change change, String element) {
        boolean active = change.to().active();
        return new Member(
                change,
                element,
                change.reason(),
                active ? onset(change) : 0,
                active ? 0 : change.atMs(),
                active ? List.of(change.atMs()) : List.of(),
                false,
                "",
                false,
                false);
    }

    private static long onset(Fact.Change change) {
        return change.firedAtMs() > 0 ? change.firedAtMs() : change.atMs();
    }

    /**
     * Tells one alert from another: two rules may give the same labels, and so the same fingerprint. Orders by
     * fingerprint, then by rule.
     */
    record Key(String fingerprint, String rule) implements Comparable<Key> {

        static Key of(Fact.Change change) {
            return new Key(change.fingerprint(), change.rule());
        }

        @Override
        public int compareTo(Key other) {
            int byFingerprint = fingerprint.compareTo(other.fingerprint);
            return byFingerprint != 0 ? byFingerprint : rule.compareTo(other.rule);
        }
    }

    Key key() {
        return Key.of(change);
    }

    String name() {
        return change.labels().getOrDefault("alertname", change.rule());
    }

    boolean active() {
        return change.to().active();
    }

    /** Whether it keeps its incident open. */
    boolean present() {
        return active() || flapping;
    }

    /** Whether the element is away, rather than doing badly. */
    boolean outage() {
        return startedBy == Reason.SERIES_MISSING
                || startedBy == Reason.SOURCE_SILENT
                || change.to() == AlertState.NO_DATA;
    }

    Member told(Fact.Change next, ConvergePolicy policy) {
        boolean starts = !active() && next.to().active();
        boolean ends = active() && !next.to().active();
        List<Long> lately = new ArrayList<>(changes);
        lately.removeIf(atMs -> atMs <= next.atMs() - policy.flapMs());
        if (starts || ends) {
            lately.add(next.atMs());
        }
        return new Member(
                next,
                element,
                starts ? next.reason() : startedBy,
                starts ? onset(next) : startsAtMs,
                ends ? next.atMs() : next.to().active() ? 0 : endsAtMs,
                lately,
                flapping || lately.size() > policy.flapChanges(),
                incident,
                absorbed,
                listed);
    }

    boolean settled(long tickMs, ConvergePolicy policy) {
        return changes.isEmpty() || changes.getLast() <= tickMs - policy.flapMs();
    }

    Member withFlapping(boolean now) {
        return new Member(
                change,
                element,
                startedBy,
                startsAtMs,
                endsAtMs,
                now ? changes : List.of(),
                now,
                incident,
                absorbed,
                listed);
    }

    /** In another incident, or in none; still listed there when it was listed before. */
    Member in(String nextIncident, boolean byStorm) {
        boolean stays = listed && !nextIncident.isEmpty();
        return new Member(
                change, element, startedBy, startsAtMs, endsAtMs, changes, flapping, nextIncident, byStorm, stays);
    }

    Member listed(boolean now) {
        return new Member(change, element, startedBy, startsAtMs, endsAtMs, changes, flapping, incident, absorbed, now);
    }

    byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT);
        FactCodec.write(out, change);
        out.text(element).name(startedBy).number(startsAtMs).number(endsAtMs);
        out.each(changes, StateWriter::number)
                .flag(flapping)
                .text(incident)
                .flag(absorbed)
                .flag(listed);
        return out.toBytes();
    }

    static Member decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new Member(
                FactCodec.change(in),
                in.text(),
                in.name(Reason.class),
                in.number(),
                in.number(),
                in.each(StateReader::number),
                in.flag(),
                in.text(),
                in.flag(),
                in.flag());
    }
}
