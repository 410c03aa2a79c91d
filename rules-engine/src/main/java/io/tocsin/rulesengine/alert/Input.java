package io.tocsin.rulesengine.alert;

/** What one tick says of one alert instance, timers included. */
public enum Input {
    /** The condition holds, {@code for} has not elapsed. */
    HOLDS,
    /** The condition holds and {@code for} has elapsed. */
    HOLDS_LONG_ENOUGH,
    /** Fresh data says that the condition is clear, {@code keep_firing_for} has not elapsed. */
    CLEAR,
    /** Fresh data says that the condition is clear, for as long as {@code keep_firing_for} asks. */
    CLEAR_LONG_ENOUGH,
    /** Fresh data lies between the condition and the one for recovery. */
    BETWEEN,
    /** The series ended while its target goes on reporting. */
    ENDED,
    /** The target is silent. */
    SILENT,
    /** The series has been away for as long as {@code forget_after} says. */
    FORGET,
    /** Nothing may be concluded at this tick. */
    UNKNOWN,
    /** The rule could not be evaluated. */
    FAILED,
    /** The rule is no longer there. */
    REMOVED
}
