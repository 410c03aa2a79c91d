package io.tocsin.console.page;

import io.tocsin.console.alert.State;
import java.util.Arrays;
import java.util.Locale;

/** Which alerts a list shows. */
public enum Shown {
    ACTIVE("Active"),
    PENDING("Pending"),
    OVER("Over"),
    ALL("All");

    private final String title;

    Shown(String title) {
        this.title = title;
    }

    /** As the page calls it. */
    public String title() {
        return title;
    }

    /** In addresses. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean shows(AlertRow row) {
        return switch (this) {
            case ACTIVE -> row.state().isActive();
            case PENDING -> row.state() == State.PENDING;
            case OVER -> row.state() == State.INACTIVE;
            case ALL -> true;
        };
    }

    /** The one of a key, else the active ones. */
    static Shown of(String key) {
        return Arrays.stream(values())
                .filter(shown -> shown.key().equals(key))
                .findFirst()
                .orElse(ACTIVE);
    }
}
