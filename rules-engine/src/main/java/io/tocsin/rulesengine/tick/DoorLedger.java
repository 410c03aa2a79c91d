package io.tocsin.rulesengine.tick;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the doors said of themselves last. A door is known from its first record until it says that it closes, or has
 * been silent for a minute. Owned by one thread.
 */
public final class DoorLedger {

    private static final long KNOWN_MS = Duration.ofSeconds(60).toMillis();
    private static final long REPORT_MS = Duration.ofSeconds(3).toMillis();
    private static final long UNACKNOWLEDGED_MS = Duration.ofSeconds(1).toMillis();

    private final Map<String, Entry> doors = new TreeMap<>();

    private record Entry(Report report, long atMs, long refusedAtMs) {}

    /**
     * One record of a door.
     *
     * @param refused requests refused since the record before
     * @param oldestUnacknowledgedMs age of the oldest request that is not acknowledged yet
     * @param closing whether it is the last record of an orderly stop
     */
    public record Report(
            String collector, boolean accepting, long refused, long oldestUnacknowledgedMs, boolean closing) {}

    /** A door reported. */
    public void report(Report report, long atMs) {
        if (report.closing()) {
            doors.remove(report.collector());
            return;
        }
        Entry before = doors.get(report.collector());
        long refusedAt = report.refused() > 0 ? atMs : before == null ? Long.MIN_VALUE : before.refusedAtMs();
        doors.put(report.collector(), new Entry(report, atMs, refusedAt));
    }

    /** What the doors prove now. */
    public DoorEvidence evidence(long nowMs) {
        doors.values().removeIf(entry -> entry.atMs() < nowMs - KNOWN_MS);
        if (doors.isEmpty()) {
            return DoorEvidence.incomplete("no collector is known");
        }
        for (Entry entry : doors.values()) {
            String objection = objection(entry, nowMs);
            if (!objection.isEmpty()) {
                return DoorEvidence.incomplete("collector " + entry.report().collector() + " " + objection);
            }
        }
        return DoorEvidence.COMPLETE;
    }

    private static String objection(Entry entry, long nowMs) {
        if (entry.atMs() < nowMs - REPORT_MS) {
            return "has not reported for " + (nowMs - entry.atMs()) + " ms";
        }
        if (!entry.report().accepting()) {
            return "does not accept";
        }
        // A refused sender tries again within seconds; until then its data is missing.
        if (entry.refusedAtMs() >= nowMs - REPORT_MS) {
            return "refused requests";
        }
        if (entry.report().oldestUnacknowledgedMs() >= UNACKNOWLEDGED_MS) {
            return "holds a request for " + entry.report().oldestUnacknowledgedMs() + " ms";
        }
        return "";
    }
}
