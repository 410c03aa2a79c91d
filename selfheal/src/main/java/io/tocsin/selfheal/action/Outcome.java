package io.tocsin.selfheal.action;

/**
 * What became of an action.
 *
 * @param detail what the target said or shows
 */
public record Outcome(End end, String detail) {

    /** How an action ended. */
    public enum End {
        /** It was carried out, and where the target tells, its effect was seen. */
        DONE,
        /** Its effect was there before anything was done. */
        ALREADY_DONE,
        /** The target does not want it: wrong credentials, an older fencing token, a request that it does not take. */
        REFUSED,
        /** There is no such target. */
        ABSENT,
        /** Nobody answers there. */
        UNREACHABLE,
        /** The target said that it would, and its effect did not show in time. */
        NO_EFFECT,
        /** The target tried and failed. */
        FAILED,
        /** It did not end in time: how far it came is not known. */
        TIMED_OUT,
        /** Stopped when it was no longer allowed to run: how far it came is not known. */
        STOPPED;

        /** Whether the effect is there. */
        public boolean good() {
            return this == DONE || this == ALREADY_DONE;
        }
    }
}
