package io.tocsin.selfheal.machine;

/** What can happen to a repair. */
public enum Input {
    /** The step that is next begins. */
    BEGIN,
    /** The step that was begun succeeded. */
    STEP_SUCCEEDED,
    /** The step that was begun failed. */
    STEP_FAILED,
    /** The process that carried out the step died, or lost its ownership, in the middle. */
    INTERRUPTED,
    /** The interrupted step's effect is there. */
    EFFECT_SEEN,
    /** The interrupted step's effect is proven not to be there. */
    EFFECT_ABSENT,
    /** Whether the interrupted step's effect is there cannot be told. */
    EFFECT_UNKNOWN,
    /** One evaluation found everything clear. */
    CLEAR,
    /** One evaluation did not find everything clear, or could not be made. */
    NOT_CLEAR,
    /** A person pulled the kill switch. */
    FROZEN,
    /** It was decided on too long ago, and nothing has been done. */
    LAPSED,
    /** A guard stopped the step that was begun, before anything was done. */
    OBJECTED
}
