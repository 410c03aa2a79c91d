package io.tocsin.rulesengine.otlp;

/** Prometheus' classic character sets, apart from the underscore. */
final class Characters {

    private Characters() {}

    static boolean isMetricCharacter(int c) {
        return c == ':' || isLabelCharacter(c);
    }

    static boolean isLabelCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean startsWithDigit(String text) {
        return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }

    static boolean onlyUnderscores(String text) {
        return text.chars().allMatch(c -> c == '_');
    }
}
