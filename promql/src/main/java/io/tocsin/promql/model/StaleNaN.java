package io.tocsin.promql.model;

/** The NaN that says "this series ended here" (Prometheus' stale marker), told from other NaNs by its bits. */
public final class StaleNaN {

    private static final long BITS = 0x7ff0000000000002L;

    /** The marker. It must not go through arithmetic, which may change its bits. */
    public static final double VALUE = Double.longBitsToDouble(BITS);

    private StaleNaN() {}

    public static boolean is(double value) {
        return value != value && Double.doubleToRawLongBits(value) == BITS;
    }
}
