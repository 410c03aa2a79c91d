package io.tocsin.rulesengine.store.chunk;

/** Reads what a {@link BitSink} wrote. */
final class BitSource {

    private final byte[] bytes;
    private int bit;

    /** @param firstByte where to begin */
    BitSource(byte[] bytes, int firstByte) {
        this.bytes = bytes;
        this.bit = firstByte << 3;
    }

    /**
     * The next bits, 0 to 64 of them.
     *
     * @throws IndexOutOfBoundsException behind the end
     */
    long read(int width) {
        long value = 0;
        int left = width;
        while (left > 0) {
            int free = 8 - (bit & 7);
            int now = Math.min(free, left);
            long part = (bytes[bit >> 3] & 0xffL) >>> (free - now) & ((1L << now) - 1);
            value = value << now | part;
            bit += now;
            left -= now;
        }
        return value;
    }
}
