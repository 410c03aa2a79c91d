package io.tocsin.rulesengine.store.chunk;

/**
 * Floating point values, bit by bit as they were. Most measurements are decimal numbers of few places, so they are kept
 * as scaled integers where that is exact for all of them; the others as XOR with the value before (Pelkonen et al.,
 * "Gorilla: A Fast, Scalable, In-Memory Time Series Database", VLDB 2015, section 4.1.2).
 */
final class DoubleColumn {

    private static final int MODE_BITS = 4;
    private static final int XOR = 15;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double EXACT = 1L << 53;
    private static final int LEADING_BITS = 5;
    private static final int LEADING_MOST = 31;
    private static final int LENGTH_BITS = 6;

    private DoubleColumn() {}

    static void write(double[] values, int from, int to, BitSink out) {
        long[] scaled = new long[to - from];
        int scale = scale(values, from, to, scaled);
        out.write(scale < 0 ? XOR : scale, MODE_BITS);
        if (scale < 0) {
            writeXor(values, from, to, out);
        } else {
            LongColumn.write(scaled, 0, scaled.length, out);
        }
    }

    /** The least power of ten that makes all values integers, which are then in {@code scaled}; -1 for none. */
    private static int scale(double[] values, int from, int to, long[] scaled) {
        int scale = 0;
        for (int i = from; i < to; i++) {
            while (!fits(values[i], POWERS[scale])) {
                if (++scale == POWERS.length) {
                    return -1;
                }
            }
        }
        for (int i = from; i < to; i++) {
            // What fitted a smaller power need not fit this one.
            if (!fits(values[i], POWERS[scale])) {
                return -1;
            }
            scaled[i - from] = (long) Math.rint(values[i] * POWERS[scale]);
        }
        return scale;
    }

    private static boolean fits(double value, double power) {
        double integer = Math.rint(value * power);
        return Math.abs(integer) < EXACT
                && Double.doubleToRawLongBits((long) integer / power) == Double.doubleToRawLongBits(value);
    }

    private static void writeXor(double[] values, int from, int to, BitSink out) {
        long before = 0;
        int leading = 0;
        int length = 0;
        for (int i = from; i < to; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            long xor = bits ^ before;
            before = bits;
            if (xor == 0) {
                out.write(0, 1);
                continue;
            }
            int zeros = Math.min(LEADING_MOST, Long.numberOfLeadingZeros(xor));
            int ends = Long.numberOfTrailingZeros(xor);
            boolean inside = length > 0 && zeros >= leading && ends >= Long.SIZE - leading - length;
            if (!inside) {
                leading = zeros;
                length = Long.SIZE - zeros - ends;
                out.write(0b11, 2);
                out.write(leading, LEADING_BITS);
                // 64 does not fit: it is written as 0, which no difference has.
                out.write(length & 63, LENGTH_BITS);
            } else {
                out.write(0b10, 2);
            }
            out.write(xor >>> (Long.SIZE - leading - length), length);
        }
    }

    static void read(BitSource in, double[] into, int at, int n) {
        int mode = (int) in.read(MODE_BITS);
        if (mode == XOR) {
            readXor(in, into, at, n);
            return;
        }
        if (mode >= POWERS.length) {
            throw new IllegalArgumentException("not a column of values: mode " + mode);
        }
        long[] scaled = new long[n];
        LongColumn.read(in, scaled, 0, n);
        double power = POWERS[mode];
        for (int i = 0; i < n; i++) {
            into[at + i] = scaled[i] / power;
        }
    }

    private static void readXor(BitSource in, double[] into, int at, int n) {
        long before = 0;
        int leading = 0;
        int length = 0;
        for (int i = 0; i < n; i++) {
            if (in.read(1) == 1) {
                if (in.read(1) == 1) {
                    leading = (int) in.read(LEADING_BITS);
                    int written = (int) in.read(LENGTH_BITS);
                    length = written == 0 ? Long.SIZE : written;
                }
                before ^= in.read(length) << (Long.SIZE - leading - length);
            }
            into[at + i] = Double.longBitsToDouble(before);
        }
    }
}
