package io.tocsin.console.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One run of a playbook for an incident, as far as it got.
 *
 * @param runId of the run
 * @param incidentId of the incident
 * @param playbook its name
 * @param target what it acts on
 * @param events what happened, the earliest first; never empty
 */
public record Repair(String runId, String incidentId, String playbook, String target, List<Event> events) {

    /**
     * One step of a run.
     *
     * @param id of the event: the same when it is read again
     * @param phase what kind of step
     * @param reason the named reason of a decision; empty otherwise
     * @param detail in words
     * @param at when
     * @param attempt number of the try, from 1; 0 when it does not apply
     */
    public record Event(String id, Phase phase, String reason, String detail, Instant at, int attempt) {}

    /** How far a run is; the order says what is later when two events carry the same time. */
    public enum Phase {
        UNKNOWN("unknown", Tone.QUIET),
        WOULD_RUN("would run", Tone.QUIET),
        REFUSED("refused", Tone.BAD),
        WAITING("waiting", Tone.BUSY),
        APPROVAL_REQUESTED("needs approval", Tone.ASK),
        STARTED("running", Tone.BUSY),
        STEP_SUCCEEDED("step done", Tone.BUSY),
        STEP_FAILED("step failed", Tone.BAD),
        VERIFIED("verified", Tone.GOOD),
        VERIFICATION_FAILED("did not help", Tone.BAD),
        ROLLED_BACK("rolled back", Tone.BAD),
        ESCALATED("escalated", Tone.ASK);

        private final String words;
        private final Tone tone;

        Phase(String words, Tone tone) {
            this.words = words;
            this.tone = tone;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** How it is coloured. */
        public Tone tone() {
            return tone;
        }
    }

    private static final Comparator<Event> ORDER =
            Comparator.comparing(Event::at).thenComparing(Event::phase).thenComparing(Event::id);

    public Repair {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a repair without an event");
        }
        events = events.stream().sorted(ORDER).toList();
    }

    /** The latest event. */
    public Event last() {
        return events.getLast();
    }

    /** When it began. */
    public Instant startedAt() {
        return events.getFirst().at();
    }

    /** The repair after one more event; the same when the event is known. */
    Repair with(Event event) {
        if (events.stream().anyMatch(known -> known.id().equals(event.id()))) {
            return this;
        }
        List<Event> more = new java.util.ArrayList<>(events);
        more.add(event);
        return new Repair(runId, incidentId, playbook, target, more);
    }
}
