package io.tocsin.rulesengine.otlp;

/**
 * How OpenTelemetry names become Prometheus names; the constants carry the names that Prometheus' configuration uses
 * ({@code otlp.translation_strategy}).
 */
public enum TranslationStrategy {
    /** Names as they are, with unit and type suffixes. */
    NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", true, true),
    /** Everything but letters, digits and colons becomes an underscore; unit and type suffixes. The default. */
    UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", false, true),
    /** Escaped as above, without suffixes. */
    UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", false, false),
    /** Names exactly as they were sent. */
    NO_TRANSLATION("NoTranslation", true, false);

    private final String published;
    private final boolean utf8;
    private final boolean suffixes;

    TranslationStrategy(String published, boolean utf8, boolean suffixes) {
        this.published = published;
        this.utf8 = utf8;
        this.suffixes = suffixes;
    }

    /**
     * The strategy with a published name.
     *
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public static TranslationStrategy of(String published) {
        StringBuilder known = new StringBuilder();
        for (TranslationStrategy strategy : values()) {
            if (strategy.published.equals(published)) {
                return strategy;
            }
            known.append(known.isEmpty() ? "" : ", ").append(strategy.published);
        }
        throw new IllegalArgumentException(
                "unknown translation strategy \"" + published + "\", expected one of " + known);
    }

    /** The name that configuration files use. */
    public String published() {
        return published;
    }

    /** Whether names keep characters beyond Prometheus' classic set. */
    public boolean utf8() {
        return utf8;
    }

    /** Whether unit and type are appended to metric names. */
    public boolean suffixes() {
        return suffixes;
    }
}
