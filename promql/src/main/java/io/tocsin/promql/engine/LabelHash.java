package io.tocsin.promql.engine;

import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Utf8;
import java.io.ByteArrayOutputStream;
import net.openhft.hashing.LongHashFunction;

/** The place of a label set in a sample of all label sets: the same as Prometheus', so that samples agree. */
final class LabelHash {

    private static final LongHashFunction XX = LongHashFunction.xx();

    private LabelHash() {}

    /** A number from 0 to 1. */
    static double fraction(Labels labels) {
        return unsigned(XX.hashBytes(encode(labels))) / 0x1p64;
    }

    /** Names and values, each after its length: one byte, or 255 and three bytes, the lowest first. */
    private static byte[] encode(Labels labels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < labels.size(); i++) {
            append(out, Utf8.encode(labels.name(i)));
            append(out, Utf8.encode(labels.value(i)));
        }
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length < 255) {
            out.write(bytes.length);
        } else {
            out.write(255);
            out.write(bytes.length);
            out.write(bytes.length >> 8);
            out.write(bytes.length >> 16);
        }
        out.writeBytes(bytes);
    }

    private static double unsigned(long hash) {
        double high = (hash >>> 1) * 2.0;
        return hash >= 0 ? hash : high + (hash & 1);
    }
}
