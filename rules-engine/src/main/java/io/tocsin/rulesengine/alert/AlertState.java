package io.tocsin.rulesengine.alert;

/** States of one alert instance. */
public enum AlertState {
    /** Nothing is wrong; such an instance is not kept. */
    INACTIVE(false),
    /** The condition holds, not yet for as long as the rule asks. */
    PENDING(false),
    FIRING(true),
    /** The condition is clear, not yet for as long as {@code keep_firing_for} asks. */
    RECOVERING(true),
    /** It fired, and then its target fell silent: neither recovered nor confirmed. */
    NO_DATA(true),
    /** The rule itself cannot be evaluated. */
    ERROR(true);

    private final boolean active;

    AlertState(boolean active) {
        this.active = active;
    }

    /** Whether people are, or should be, looking at it. */
    public boolean active() {
        return active;
    }
}
