package io.tocsin.rulesengine.store.chunk;

import java.util.Arrays;

/** Writes bits, the most significant first. */
final class BitSink {

    private static final int BITS_OF_BYTE = 8;

    private byte[] bytes = new byte[256];
    private int bits;

    /** Writes the lowest {@code width} bits of a value, 0 to 64. */
    void write(long value, int width) {
        ensureRoom(width);
        int left = width;
        while (left > 0) {
            int free = BITS_OF_BYTE - (bits & 7);
            int now = Math.min(free, left);
            long part = (value >>> (left - now)) & ((1L << now) - 1);
            bytes[bits >> 3] |= (byte) (part << (free - now));
            bits += now;
            left -= now;
        }
    }

    private void ensureRoom(int width) {
        int needed = (bits + width + 7) >> 3;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    /** What was written, filled up to whole bytes with zeros. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, (bits + 7) >> 3);
    }
}
