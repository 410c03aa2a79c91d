package io.tocsin.console.alert;

import io.tocsin.console.incident.Tone;
import java.util.Arrays;
import java.util.Locale;

/** States of an alert, those that need a person most first. */
public enum State {
    FIRING("firing", Tone.BAD),
    ERROR("error", Tone.BAD),
    NO_DATA("no data", Tone.ASK),
    RECOVERING("recovering", Tone.BUSY),
    PENDING("pending", Tone.BUSY),
    INACTIVE("over", Tone.GOOD),
    UNKNOWN("unknown", Tone.QUIET);

    private final String words;
    private final Tone tone;

    State(String words, Tone tone) {
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

    /** In addresses. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether people should be looking at it. */
    public boolean isActive() {
        return switch (this) {
            case FIRING, ERROR, NO_DATA, RECOVERING -> true;
            case PENDING, INACTIVE, UNKNOWN -> false;
        };
    }

    /** The state of a name, in whatever case. */
    public static State of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(state -> state.name().equals(wanted))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
