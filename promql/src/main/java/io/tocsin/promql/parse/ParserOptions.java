package io.tocsin.promql.parse;

/**
 * Which experimental parts of the language are open. They are the ones that Prometheus keeps behind feature flags.
 *
 * @param functions experimental functions and the aggregations {@code limitk} and {@code limit_ratio}
 * @param durations arithmetic in durations, {@code step()} and {@code range()}
 * @param extendedSelectors {@code anchored} and {@code smoothed}
 * @param fill the modifiers {@code fill}, {@code fill_left} and {@code fill_right}
 */
public record ParserOptions(boolean functions, boolean durations, boolean extendedSelectors, boolean fill) {

    public static final ParserOptions STABLE = new ParserOptions(false, false, false, false);
    public static final ParserOptions ALL = new ParserOptions(true, true, true, true);
}
