package io.tocsin.console.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do; each may also do what those before may. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Silences, approves and rejects repairs, freezes and thaws self-healing. */
    OPERATOR,
    /** Replaces the rules. */
    ADMIN;

    /** Whether this role includes another. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** In files and on pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word; empty when there is none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
