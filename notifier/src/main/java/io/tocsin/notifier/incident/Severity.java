package io.tocsin.notifier.incident;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The order of severity labels. People name them differently; what is not known ranks like a warning. */
public final class Severity {

    private static final List<Set<String>> RANKS = List.of(
            Set.of("", "none"),
            Set.of("info", "information", "informational", "debug", "notice"),
            Set.of("low", "minor", "ticket"),
            Set.of("warning", "warn", "medium", "average"),
            Set.of("error", "high", "major"),
            Set.of("critical", "page", "crit", "p1"),
            Set.of("emergency", "disaster", "fatal"));
    private static final int UNKNOWN = 3;

    private Severity() {}

    /** Rank of a severity label; a higher rank is worse. */
    public static int rank(String label) {
        String severity = label.toLowerCase(Locale.ROOT);
        for (int rank = 0; rank < RANKS.size(); rank++) {
            if (RANKS.get(rank).contains(severity)) {
                return rank;
            }
        }
        return UNKNOWN;
    }
}
