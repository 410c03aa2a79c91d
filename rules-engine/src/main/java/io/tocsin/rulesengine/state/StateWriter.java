package io.tocsin.rulesengine.state;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes state as bytes: numbers as zigzag varints, texts as UTF-8 with their length, doubles by their bits. The same
 * state always gives the same bytes, as long as its maps iterate in the same order.
 */
public final class StateWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** Starts with the version of the layout that follows. */
    public StateWriter(int version) {
        out.write(version);
    }

    public StateWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public StateWriter real(double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
        return this;
    }

    public StateWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    public StateWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public StateWriter bytes(byte[] value) {
        number(value.length);
        out.write(value, 0, value.length);
        return this;
    }

    public StateWriter name(Enum<?> value) {
        return text(value.name());
    }

    public StateWriter texts(Map<String, String> values) {
        number(values.size());
        values.forEach((key, value) -> text(key).text(value));
        return this;
    }

    public <T> StateWriter each(Collection<T> values, BiConsumer<StateWriter, T> write) {
        number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
