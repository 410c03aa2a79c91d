package io.tocsin.console.heal;

import io.tocsin.console.incident.Tone;
import java.util.List;
import java.util.Locale;

/**
 * What self-healing says of itself.
 *
 * @param asked repairs that wait for a person
 * @param freeze whether it may act
 * @param quarantine targets that are not repaired any more
 * @param playbooks in force
 * @param audit what happened, the latest first
 */
public record Healing(
        List<Asked> asked, Freeze freeze, List<String> quarantine, Playbooks playbooks, List<Entry> audit) {

    /** The kill switch, and why it was turned. */
    public record Freeze(boolean frozen, String why) {}

    /** Playbooks, and mistakes in their files. */
    public record Playbooks(List<Playbook> playbooks, List<String> problems) {

        public Playbooks {
            playbooks = List.copyOf(playbooks);
            problems = List.copyOf(problems);
        }
    }

    /**
     * A playbook.
     *
     * @param mode OBSERVE, APPROVE or AUTO
     */
    public record Playbook(String name, String version, String mode) {

        /** What the mode means. */
        public String words() {
            return switch (mode) {
                case "OBSERVE" -> "says what it would do";
                case "APPROVE" -> "asks a person first";
                case "AUTO" -> "acts";
                default -> mode.toLowerCase(Locale.ROOT);
            };
        }
    }

    /**
     * A line of the audit. Texts are empty where they do not apply.
     *
     * @param at ISO 8601
     * @param actor a person or self-healing itself
     * @param what the name of what happened
     */
    public record Entry(
            java.time.Instant at,
            String actor,
            String what,
            String incident,
            String run,
            String playbook,
            String target,
            String reason,
            String detail) {

        /** What happened, in words. */
        public String words() {
            return what.toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** How it is coloured. */
        public Tone tone() {
            return switch (what) {
                case "REFUSED", "REJECTED", "STEP_FAILED", "VERIFICATION_FAILED", "ROLLED_BACK", "FROZEN" -> Tone.BAD;
                case "VERIFIED", "APPROVED", "THAWED", "RELEASED" -> Tone.GOOD;
                case "APPROVAL_REQUESTED", "ESCALATED" -> Tone.ASK;
                default -> Tone.QUIET;
            };
        }
    }

    public Healing {
        asked = List.copyOf(asked);
        quarantine = List.copyOf(quarantine);
        audit = List.copyOf(audit);
    }
}
