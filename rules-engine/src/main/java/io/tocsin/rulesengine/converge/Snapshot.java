package io.tocsin.rulesengine.converge;

import java.util.List;

/**
 * An incident as it is after one tick. Times are ticks, Unix milliseconds.
 *
 * @param revision one more than that of the snapshot before
 * @param closedAtMs 0 while it is open
 * @param causes candidates for the root cause, the likeliest first
 * @param mergedInto the incident that it became part of; "" for none
 * @param parts the alerts that are named
 * @param severity the highest severity label among its active members; "" for none
 * @param alerts how many alerts it has had, named or not
 * @param active how many of them are not over
 */
public record Snapshot(
        String id,
        String environment,
        Status status,
        long revision,
        long openedAtMs,
        long closedAtMs,
        long atMs,
        String title,
        List<Cause> causes,
        List<Part> parts,
        List<Entry> timeline,
        String mergedInto,
        String severity,
        int alerts,
        int active) {

    /** What became of the incident. */
    public enum Status {
        OPEN,
        CLOSED,
        MERGED
    }

    /** What became of an alert inside its incident; the names are those of the contract. */
    public enum Disposition {
        ROOT,
        SYMPTOM,
        RELATED,
        FLAPPING,
        RECOVERED,
        ABSORBED_BY_STORM_LIMIT
    }

    /**
     * What speaks for or against a candidate.
     *
     * @param query PromQL that shows it; "" when none does
     */
    public record Evidence(String words, String query) {}

    /** A candidate cause with what speaks for and against it. */
    public record Cause(String element, double score, List<Evidence> evidence) {
        public Cause {
            evidence = List.copyOf(evidence);
        }
    }

    /** An alert of the incident. */
    public record Part(
            Fact.Change alert,
            String element,
            Disposition disposition,
            String because,
            long startsAtMs,
            long endsAtMs) {}

    /** Something that happened. */
    public record Entry(long atMs, String what) {}

    public Snapshot {
        causes = List.copyOf(causes);
        parts = List.copyOf(parts);
        timeline = List.copyOf(timeline);
    }
}
