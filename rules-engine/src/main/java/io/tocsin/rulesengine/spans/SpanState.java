package io.tocsin.rulesengine.spans;

import io.tocsin.promql.model.Labels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the spans of one target add up to. Immutable. */
public final class SpanState {

    /** Before the first span. */
    public static final SpanState EMPTY = new SpanState(Labels.EMPTY, new TreeMap<>());

    private static final int VERSION = 1;

    private final Labels target;
    private final SortedMap<SpanDimension, CallTotals> totals;

    SpanState(Labels target, SortedMap<SpanDimension, CallTotals> totals) {
        this.target = target;
        this.totals = Collections.unmodifiableSortedMap(totals);
    }

    /** Labels of the target as its first resource said: later ones that differ do not split its series. */
    Labels target() {
        return target;
    }

    SortedMap<SpanDimension, CallTotals> totals() {
        return totals;
    }

    /** True when there is nothing to keep. */
    public boolean isEmpty() {
        return totals.isEmpty();
    }

    /** A compact form with a version in front; the same state always gives the same bytes. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(target.size());
            for (int i = 0; i < target.size(); i++) {
                writeText(target.name(i), out);
                writeText(target.value(i), out);
            }
            out.writeInt(totals.size());
            for (var entry : totals.entrySet()) {
                writeText(entry.getKey().name(), out);
                writeText(entry.getKey().kind(), out);
                writeText(entry.getKey().status(), out);
                entry.getValue().write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static SpanState decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("span state of version " + version);
            }
            Labels.Builder target = new Labels.Builder(Labels.EMPTY);
            for (int i = in.readInt(); i > 0; i--) {
                target.set(readText(in), readText(in));
            }
            SortedMap<SpanDimension, CallTotals> totals = new TreeMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                SpanDimension dimension = new SpanDimension(readText(in), readText(in), readText(in));
                totals.put(dimension, CallTotals.read(in));
            }
            return new SpanState(target.build(), totals);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a span state", e);
        }
    }

    /** Not writeUTF: a span's name may be longer than 64 KiB. */
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
