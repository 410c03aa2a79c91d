package io.tocsin.notifier.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident as it was after one tick.
 *
 * @param id its name for life
 * @param environment where it happens
 * @param status open, closed, or part of another incident
 * @param revision grows by one with every snapshot
 * @param openedAt the tick it was opened at
 * @param closedAt the tick it was closed at, if it was
 * @param at the tick that this snapshot rests on
 * @param title what is broken, in words
 * @param rootCauses candidates, likeliest first
 * @param members its alerts
 * @param timeline what happened, oldest first
 * @param mergedInto the incident it became part of, empty when none
 * @param severity highest severity label among the active members
 */
public record Incident(
        String id,
        String environment,
        Status status,
        long revision,
        Instant openedAt,
        @Nullable Instant closedAt,
        Instant at,
        String title,
        List<Cause> rootCauses,
        List<Member> members,
        List<Happening> timeline,
        String mergedInto,
        String severity) {

    public Incident {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an incident must have an id");
        }
        rootCauses = List.copyOf(rootCauses);
        members = List.copyOf(members);
        timeline = List.copyOf(timeline);
    }

    /** Whether an incident is going on. */
    public enum Status {
        OPEN,
        CLOSED,
        MERGED
    }

    /**
     * An element that may be the cause.
     *
     * @param element what
     * @param score higher is likelier
     * @param evidence what speaks for it
     */
    public record Cause(String element, double score, List<String> evidence) {

        public Cause {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * An entry of the timeline.
     *
     * @param at when
     * @param what in words
     */
    public record Happening(Instant at, String what) {}

    /** The member at the likely cause that is still active, while the incident is open. */
    public Optional<Member> activeRoot() {
        return members.stream()
                .filter(member -> status == Status.OPEN)
                .filter(member -> member.disposition() == Member.Disposition.ROOT && member.active())
                .findFirst();
    }

    /**
     * The member at the likely cause that was over last, while the incident is open and not longer ago than this.
     *
     * @param since a recovery before this does not count
     */
    public Optional<Member> recoveredRoot(Instant since) {
        String root = rootCauses.isEmpty() ? "" : rootCauses.getFirst().element();
        return members.stream()
                .filter(member -> status == Status.OPEN && !member.active())
                .filter(member -> member.element().equals(root))
                .filter(member -> member.endsAt() != null && member.endsAt().isAfter(since))
                .max(Comparator.comparing(member -> Objects.requireNonNull(member.endsAt())));
    }

    /** The element at the likely cause: of the active root, else the best ranked; empty when nothing is known. */
    public String rootElement() {
        return activeRoot()
                .map(Member::element)
                .or(() -> rootCauses.stream().map(Cause::element).findFirst())
                .orElse("");
    }
}
