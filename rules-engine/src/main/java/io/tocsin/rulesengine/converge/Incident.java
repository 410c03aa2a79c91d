package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * An open incident. Times are ticks, Unix milliseconds.
 *
 * @param revision of its newest snapshot; 0 before the first
 * @param causes what was last said of its cause while something failed, the likeliest first
 * @param storm whether it absorbs what the storm limit holds back
 * @param digest of its newest snapshot, to tell whether there is anything new to say
 */
record Incident(
        String id,
        long revision,
        long openedAtMs,
        List<Snapshot.Cause> causes,
        boolean storm,
        String digest,
        List<Snapshot.Entry> timeline) {

    private static final int LAYOUT = 1;
    private static final int TIMELINE_LIMIT = 300;
    private static final int TIMELINE_HEAD = 100;

    Incident {
        causes = List.copyOf(causes);
        timeline = List.copyOf(timeline);
    }

    static Incident opened(String id, long atMs, boolean storm) {
        return new Incident(id, 0, atMs, List.of(), storm, "", List.of());
    }

    /** With one more entry, once; the beginning and the newest are kept when there are too many. */
    Incident noting(long atMs, String what) {
        Snapshot.Entry entry = new Snapshot.Entry(atMs, what);
        if (timeline.contains(entry)) {
            return this;
        }
        List<Snapshot.Entry> next = new ArrayList<>(timeline);
        next.add(entry);
        if (next.size() > TIMELINE_LIMIT) {
            next.remove(TIMELINE_HEAD);
        }
        return new Incident(id, revision, openedAtMs, causes, storm, digest, next);
    }

    /** The element that was last said to be its cause; "" for none. */
    String root() {
        return causes.isEmpty() ? "" : causes.getFirst().element();
    }

    Incident causedBy(List<Snapshot.Cause> ranked) {
        return new Incident(id, revision, openedAtMs, ranked, storm, digest, timeline);
    }

    Incident told(String nextDigest) {
        return new Incident(id, revision + 1, openedAtMs, causes, storm, nextDigest, timeline);
    }

    /** Notes once that it has more members than are named. */
    Incident crowded(long atMs, int named) {
        String what = "more than " + named + " alerts: some are counted only";
        return timeline.stream().anyMatch(entry -> entry.what().equals(what)) ? this : noting(atMs, what);
    }

    Incident absorbing() {
        return new Incident(id, revision, openedAtMs, causes, true, digest, timeline);
    }

    byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT);
        out.text(id).number(revision).number(openedAtMs).flag(storm).text(digest);
        out.each(
                causes,
                (to, cause) -> to.text(cause.element())
                        .real(cause.score())
                        .each(
                                cause.evidence(),
                                (inner, why) -> inner.text(why.words()).text(why.query())));
        out.each(timeline, (to, entry) -> to.number(entry.atMs()).text(entry.what()));
        return out.toBytes();
    }

    static Incident decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        String id = in.text();
        long revision = in.number();
        long openedAtMs = in.number();
        boolean storm = in.flag();
        String digest = in.text();
        List<Snapshot.Cause> causes = in.each(cause -> new Snapshot.Cause(
                cause.text(), cause.real(), cause.each(why -> new Snapshot.Evidence(why.text(), why.text()))));
        return new Incident(
                id,
                revision,
                openedAtMs,
                causes,
                storm,
                digest,
                in.each(entry -> new Snapshot.Entry(entry.number(), entry.text())));
    }
}
