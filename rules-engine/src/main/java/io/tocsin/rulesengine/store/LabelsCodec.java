package io.tocsin.rulesengine.store;

import io.tocsin.promql.model.Labels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The binary form of a label set: count, then each name and value as length and UTF-8 bytes. */
public final class LabelsCodec {

    private static final int MAX_LABELS = 1 << 16;

    private LabelsCodec() {}

    /** The bytes of a label set. */
    public static byte[] encode(Labels labels) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * labels.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Varint.write(labels.size(), out);
            for (int i = 0; i < labels.size(); i++) {
                write(labels.name(i), out);
                write(labels.value(i), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Varint.write(utf8.length, out);
        out.write(utf8);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static Labels decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long count = Varint.read(in);
            if (count < 0 || count > MAX_LABELS) {
                throw new IOException(count + " labels");
            }
            Labels.Builder labels = Labels.EMPTY.toBuilder();
            for (long i = 0; i < count; i++) {
                labels.set(read(in), read(in));
            }
            return labels.build();
        } catch (IOException e) {
            throw new IllegalArgumentException("not a label set: " + e.getMessage(), e);
        }
    }

    private static String read(DataInputStream in) throws IOException {
        long length = Varint.read(in);
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    }
}
