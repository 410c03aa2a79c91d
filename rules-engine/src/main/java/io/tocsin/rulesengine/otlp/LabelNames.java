package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.model.GoQuote;

/**
 * Prometheus label names of OpenTelemetry attributes.
 *
 * @param utf8 names stay as they are
 * @param prefixUnderscore a name that starts with one underscore gets "key" in front
 * @param keepUnderscores runs of underscores stay as long as they are
 */
public record LabelNames(boolean utf8, boolean prefixUnderscore, boolean keepUnderscores) {

    /** What a strategy asks for, with the specification's own rules for underscores. */
    public static LabelNames of(TranslationStrategy strategy) {
        return new LabelNames(strategy.utf8(), false, false);
    }

    /**
     * The label of an attribute.
     *
     * @throws NameException when the name is empty or nothing but underscores
     */
    public String label(String attribute) throws NameException {
        if (attribute.isEmpty()) {
            throw new NameException("label name is empty");
        }
        if (utf8) {
            return checked(attribute, "label name " + GoQuote.quote(attribute) + " contains only underscores");
        }
        String escaped = isReserved(attribute)
                ? "__" + escape(attribute.substring(2, attribute.length() - 2)) + "__"
                : escape(attribute);
        if (Characters.startsWithDigit(escaped)) {
            escaped = "key_" + escaped;
        } else if (prefixUnderscore && escaped.startsWith("_") && !escaped.startsWith("__")) {
            escaped = "key" + escaped;
        }
        return checked(
                escaped,
                "normalization for label name " + GoQuote.quote(attribute) + " resulted in invalid name "
                        + GoQuote.quote(escaped));
    }

    private static String checked(String name, String otherwise) throws NameException {
        if (Characters.onlyUnderscores(name)) {
            throw new NameException(otherwise);
        }
        return name;
    }

    /** Prometheus' own labels ({@code __x__}) keep their double underscores. */
    private boolean isReserved(String name) {
        return !keepUnderscores && name.length() >= 4 && name.startsWith("__") && name.endsWith("__");
    }

    private String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Characters.isLabelCharacter(c)) {
                out.appendCodePoint(c);
            } else if (keepUnderscores || out.isEmpty() || out.charAt(out.length() - 1) != '_') {
                out.append('_');
            }
        });
        return out.toString();
    }
}
