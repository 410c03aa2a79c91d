package io.tocsin.rulesengine.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Zigzag variable-length integers, as protobuf's {@code sint64}. */
final class Varint {

    private static final int MAX_SHIFT = 63;

    private Varint() {}

    static void write(long value, DataOutput out) throws IOException {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInput in) throws IOException {
        long rest = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            byte next = in.readByte();
            rest |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new IOException("an integer of more than ten bytes");
    }
}
