package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * An open incident. Times are ticks, Unix milliseconds.
 *
 * @param revision of its newest snapshot; 0 before the first
 * @param root the element that was last said to be its cause; "" for none
 * @param storm whether it absorbs what the storm limit holds back
 * @param digest of its newest snapshot, to tell whether there is anything new to say
 */
record Incident(
        String id,
        long revision,
        long openedAtMs,
        String root,
        boolean storm,
        String digest,
        List<Snapshot.Entry> timeline) {

    private static final int TIMELINE_LIMIT = 300;
    private static final int TIMELINE_HEAD = 100;

    Incident {
        timeline = List.copyOf(timeline);
    }

    static Incident opened(String id, long atMs, boolean storm) {
        return new Incident(id, 0, atMs, "", storm, "", List.of());
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
        return new Incident(id, revision, openedAtMs, root, storm, digest, next);
    }

    Incident causedBy(String element) {
        return new Incident(id, revision, openedAtMs, element, storm, digest, timeline);
    }

    Incident told(String nextDigest) {
        return new Incident(id, revision + 1, openedAtMs, root, storm, nextDigest, timeline);
    }

    Incident absorbing() {
        return new Incident(id, revision, openedAtMs, root, true, digest, timeline);
    }

    void encode(StateWriter out) {
        out.text(id).number(revision).number(openedAtMs).text(root).flag(storm).text(digest);
        out.each(timeline, (to, entry) -> to.number(entry.atMs()).text(entry.what()));
    }

    static Incident decode(StateReader in) {
        return new Incident(
                in.text(),
                in.number(),
                in.number(),
                in.text(),
                in.flag(),
                in.text(),
                in.each(entry -> new Snapshot.Entry(entry.number(), entry.text())));
    }
}
