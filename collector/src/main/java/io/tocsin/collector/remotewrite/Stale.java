package io.tocsin.collector.remotewrite;

/** The value that says that a series has ended. */
final class Stale {

    // The specifications' number; it is a NaN that nothing computes.
    private static final long BITS = 0x7ff0000000000002L;

    private Stale() {}

    static boolean is(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }

    /** The value itself. */
    static double marker() {
        return Double.longBitsToDouble(BITS);
    }
}
