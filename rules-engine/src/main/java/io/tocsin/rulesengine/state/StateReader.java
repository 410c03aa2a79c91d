package io.tocsin.rulesengine.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what {@link StateWriter} wrote. Bytes that end too early or carry another version are a broken store, hence an
 * exception that stops the processor.
 */
public final class StateReader {

    private final ByteBuffer in;

    /** @throws IllegalStateException when the bytes carry another version of the layout */
    public StateReader(byte[] bytes, int version) {
        this.in = ByteBuffer.wrap(bytes);
        int found = in.get();
        if (found != version) {
            throw new IllegalStateException("state of version " + found + ", this engine reads " + version);
        }
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = in.get();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalStateException("a number of more than ten bytes");
    }

    public int count() {
        return Math.toIntExact(number());
    }

    public double real() {
        return Double.longBitsToDouble(in.getLong());
    }

    public boolean flag() {
        return in.get() != 0;
    }

    public byte[] bytes() {
        byte[] value = new byte[count()];
        in.get(value);
        return value;
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public <T extends Enum<T>> T name(Class<T> type) {
        return Enum.valueOf(type, text());
    }

    public SortedMap<String, String> texts() {
        int size = count();
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            String key = text();
            values.put(key, text());
        }
        return values;
    }

    public <T> List<T> each(Function<StateReader, T> read) {
        int size = count();
        List<T> values = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            values.add(read.apply(this));
        }
        return values;
    }
}
