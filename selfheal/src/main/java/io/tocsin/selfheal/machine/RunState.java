package io.tocsin.selfheal.machine;

/** Where a repair stands. Written down before and after every step. */
public enum RunState {
    /** The next step has not begun. */
    READY,
    /** A step is being carried out; after a crash nobody knows how far it came. */
    ACTING,
    /** Finding out what an interrupted step did, before anything is repeated. */
    OBSERVING,
    /** All steps are done; whether they helped is being looked at. */
    VERIFYING,
    /** The next rollback step has not begun. */
    UNDO_READY,
    /** A rollback step is being carried out. */
    UNDOING,
    /** It worked. */
    VERIFIED,
    /** It did not, and people were told. */
    ESCALATED;

    /** Whether nothing follows. */
    public boolean ended() {
        return this == VERIFIED || this == ESCALATED;
    }
}
