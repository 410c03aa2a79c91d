package io.tocsin.promql.model;

/** Which texts are label names, and which of them need no quotes in a query. */
public final class LabelNames {

    private LabelNames() {}

    /** Any valid UTF-8 that is not empty is a name. */
    public static boolean isValid(String name) {
        return !name.isEmpty() && Utf8.isValid(name);
    }

    /** {@code [a-zA-Z_][a-zA-Z0-9_]*}: names that can be written without quotes. */
    public static boolean isLegacy(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
