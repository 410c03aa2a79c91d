package io.tocsin.selfheal.chaos;

/**
 * Something that goes wrong, or that a person does.
 *
 * @param at milliseconds after the start
 * @param subject a target, service, domain or instance, as its kind says; "" for none
 * @param lasting milliseconds until it is over by itself
 */
public record Fault(long at, Kind kind, String subject, long lasting) {

    /** What happens, and to what. */
    public enum Kind {
        /** A target does not serve until it is restarted, or the time is over. */
        DIES,
        /** A target does not serve, and a restart does not help. */
        SICK,
        /** All targets of a domain die. */
        DOMAIN_DIES,
        /** No target of a domain can be reached; all of them serve. */
        DOMAIN_DARK,
        /** An alert fires though all its targets serve. */
        FALSE_ALERT,
        /** An alert comes from outside. */
        EXTERNAL_ALERT,
        /** Of an alert nothing is known. */
        ALERT_UNKNOWN,
        /** A service's alerts rest on old samples. */
        STALE,
        /** All alerts rest on incomplete data. */
        INCOMPLETE,
        /** The pipeline is not well. */
        PIPELINE_DOWN,
        SILENCED,
        SILENCES_UNKNOWN,
        /** A target's probe says the contrary. */
        PROBE_WRONG,
        /** A target's probe proves nothing. */
        PROBE_UNKNOWN,
        /** Questions about a service take up to a minute. */
        SLOW_QUESTIONS,
        /** An instance does not reach the database. */
        CUT_FROM_DATABASE,
        /** An instance does not reach the log. */
        CUT_FROM_LOG,
        /** An instance does not reach any target. */
        CUT_FROM_WORLD,
        DATABASE_DOWN,
        /** Writing to the database takes up to 20 s. */
        DATABASE_SLOW,
        /** An instance and its commands die; it starts again when the time is over. */
        KILLED,
        /** An instance and its commands stand still. */
        PAUSED,
        /** The clock of an instance is wrong by the time that this lasts. */
        CLOCK_WRONG,
        /** Commands at a target say that they succeeded, and did nothing. */
        LIES_OK,
        /** Commands at a target do what they should, and say that they failed. */
        LIES_FAILED,
        /** Commands at a target take effect long after they said so. */
        LATE_EFFECT,
        COMMANDS_FAIL,
        COMMANDS_HANG,
        FROZEN,
        DEPLOYED,
        /** Nobody answers questions. */
        NOBODY_ANSWERS,
        /** All playbooks change. */
        PLAYBOOKS_CHANGE
    }

    @Override
    public String toString() {
        return "%9.3f s  %-17s %-12s for %d s".formatted(at / 1000.0, kind, subject, lasting / 1000);
    }
}
