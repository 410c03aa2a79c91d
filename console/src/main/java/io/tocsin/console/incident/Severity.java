package io.tocsin.console.incident;

import java.util.Locale;

/** How bad it is, the worst first: the words in use for the label {@code severity}, put in order. */
public enum Severity {
    CRITICAL,
    WARNING,
    INFO,
    UNKNOWN;

    /** The rank of a severity label's value, which is free text. */
    public static Severity of(String label) {
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "critical", "page", "error", "emergency", "fatal", "p1", "sev1", "high" -> CRITICAL;
            case "warning", "warn", "ticket", "p2", "p3", "sev2", "sev3", "medium" -> WARNING;
            case "info", "notice", "none", "low", "p4", "p5" -> INFO;
            default -> UNKNOWN;
        };
    }

    /** For style sheets. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
