package io.tocsin.console.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the log has it.
 *
 * @param id stays the same over all snapshots
 * @param environment of its alerts
 * @param status whether it goes on
 * @param revision grows with every snapshot
 * @param openedAt tick of its first alert
 * @param closedAt tick that ended it; null while it is open
 * @param at tick that this state rests on
 * @param title in words
 * @param severity the highest among the active members; empty when none carries one
 * @param causes candidates, the likeliest first
 * @param members its alerts
 * @param timeline what happened, the earliest first
 * @param mergedInto id of the incident that it became part of; empty otherwise
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
        String severity,
        List<Cause> causes,
        List<Member> members,
        List<Happening> timeline,
        String mergedInto) {

    /** Whether an incident goes on. */
    public enum Status {
        OPEN,
        CLOSED,
        MERGED
    }

    /** A candidate cause, how likely it is beside the others, and what speaks for it. */
    public record Cause(String element, double score, List<String> evidence) {

        public Cause {
            evidence = List.copyOf(evidence);
        }
    }

    /** Something that happened. */
    public record Happening(Instant at, String what) {}

    public Incident {
        causes = List.copyOf(causes);
        members = List.copyOf(members);
        timeline = timeline.stream().sorted(Comparator.comparing(Happening::at)).toList();
    }

    /** Whether it goes on. */
    public boolean isOpen() {
        return status == Status.OPEN;
    }

    /** The likeliest cause. */
    public Optional<Cause> rootCause() {
        return causes.stream().findFirst();
    }

    /** How bad it is. */
    public Severity rank() {
        return Severity.of(severity);
    }

    /** Members that are not over. */
    public long active() {
        return members.stream().filter(Member::isActive).count();
    }

    /** Members under what became of them, in the order of {@link Member.Disposition}; without empty groups. */
    public Map<Member.Disposition, List<Member>> byDisposition() {
        Map<Member.Disposition, List<Member>> groups = new EnumMap<>(Member.Disposition.class);
        for (Member.Disposition disposition : Member.Disposition.values()) {
            List<Member> group = members.stream()
                    .filter(member -> member.disposition() == disposition)
                    .sorted(Comparator.comparing(Member::startsAt).thenComparing(Member::fingerprint))
                    .toList();
            if (!group.isEmpty()) {
                groups.put(disposition, group);
            }
        }
        return groups;
    }
}
