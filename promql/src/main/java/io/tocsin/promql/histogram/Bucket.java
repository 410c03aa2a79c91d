package io.tocsin.promql.histogram;

/**
 * One bucket: its bounds, whether they belong to it, and how many observations fell into it.
 *
 * @param index position in the schema, meaningless for the zero bucket
 */
public record Bucket(
        double lower, double upper, boolean lowerInclusive, boolean upperInclusive, double count, int index) {

    /** The bucket in interval notation, for example {@code (1,2]:3}. */
    @Override
    public String toString() {
        return (lowerInclusive ? "[" : "(") + GoGeneral.format(lower) + "," + GoGeneral.format(upper)
                + (upperInclusive ? "]:" : "):") + GoGeneral.format(count);
    }
}
