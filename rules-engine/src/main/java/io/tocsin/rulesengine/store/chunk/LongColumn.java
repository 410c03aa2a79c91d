package io.tocsin.rulesengine.store.chunk;

/**
 * Integers as differences, or as differences of differences, whichever is smaller: in blocks of {@value #BLOCK} that
 * each have one width, so that one outlier makes only its block wide. All arithmetic wraps, so any integers will do.
 */
final class LongColumn {

    private static final int BLOCK = 16;
    private static final int WIDTH_BITS = 7;

    private LongColumn() {}

    static void write(long[] values, int from, int to, BitSink out) {
        long[] first = differences(values, from, to);
        long[] second = differences(first, 0, first.length);
        boolean twice = first.length > 0 && cost(second, 1) < cost(first, 1);
        out.write(twice ? 1 : 0, 1);
        long[] residuals = twice ? second : first;
        if (to > from) {
            writeOne(values[from], out);
        }
        if (twice) {
            writeOne(first[1 < first.length ? 1 : 0], out);
        }
        int start = twice ? 2 : 1;
        for (int i = start; i < residuals.length; i += BLOCK) {
            int end = Math.min(residuals.length, i + BLOCK);
            int width = width(residuals, i, end);
            out.write(width, WIDTH_BITS);
            for (int j = i; j < end; j++) {
                out.write(zigzag(residuals[j]), width);
            }
        }
    }

    /** Element i is the difference of value i to the one before; the first has none, and is 0. */
    private static long[] differences(long[] values, int from, int to) {
        long[] differences = new long[to - from];
        for (int i = from + 1; i < to; i++) {
            differences[i - from] = values[i] - values[i - 1];
        }
        return differences;
    }

    private static int cost(long[] residuals, int start) {
        int cost = 0;
        for (int i = start; i < residuals.length; i += BLOCK) {
            int end = Math.min(residuals.length, i + BLOCK);
            cost += WIDTH_BITS + (end - i) * width(residuals, i, end);
        }
        return cost;
    }

    private static int width(long[] residuals, int from, int to) {
        long all = 0;
        for (int i = from; i < to; i++) {
            all |= zigzag(residuals[i]);
        }
        return Long.SIZE - Long.numberOfLeadingZeros(all);
    }

    private static void writeOne(long value, BitSink out) {
        long bits = zigzag(value);
        int width = Long.SIZE - Long.numberOfLeadingZeros(bits);
        out.write(width, WIDTH_BITS);
        out.write(bits, width);
    }

    private static long readOne(BitSource in) {
        return unzigzag(in.read((int) in.read(WIDTH_BITS)));
    }

    static void read(BitSource in, long[] into, int at, int n) {
        boolean twice = in.read(1) == 1;
        if (n == 0) {
            return;
        }
        into[at] = readOne(in);
        long step = 0;
        int next = 1;
        if (twice) {
            step = readOne(in);
            if (n > 1) {
                into[at + 1] = into[at] + step;
            }
            next = 2;
        }
        while (next < n) {
            int end = Math.min(n, next + BLOCK);
            int width = (int) in.read(WIDTH_BITS);
            for (; next < end; next++) {
                long residual = unzigzag(in.read(width));
                step = twice ? step + residual : residual;
                into[at + next] = into[at + next - 1] + step;
            }
        }
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static long unzigzag(long bits) {
        return (bits >>> 1) ^ -(bits & 1);
    }
}
