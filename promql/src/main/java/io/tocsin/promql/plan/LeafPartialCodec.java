package io.tocsin.promql.plan;

import io.tocsin.promql.engine.Annotation;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramCodec;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of partial results: a version, a kind, the strings of all labels once, then rows that refer to them.
 * Strings may hold bytes that are no UTF-8, so they are written as UTF-16 units where plain UTF-8 would lose them.
 */
final class LeafPartialCodec {
    private static final int VERSION = 1;
    private static final int VECTOR = 0;
    private static final int MATRIX = 1;
    private static final int GROUPS = 2;
    private static final int MAX_ITEMS = 50_000_000;

    private LeafPartialCodec() {}

    static byte[] encode(LeafPartial partial) {
        try {
            Writer writer = new Writer();
            writer.write(partial);
            return writer.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LeafPartial decode(byte[] bytes) {
        try {
            return new Reader(bytes).read();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a partial result: " + e.getMessage(), e);
        }
    }

    private static final class Writer {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(body);
        private final Map<String, Integer> strings = new LinkedHashMap<>();
        private long lastTime;

        void write(LeafPartial partial) throws IOException {
            out.writeInt(partial.leaf());
            writeSize(partial.annotations().size());
            for (Annotation annotation : partial.annotations()) {
                out.writeByte(annotation.level() == Annotation.Level.WARNING ? 0 : 1);
                writeString(annotation.text());
            }
            switch (partial) {
                case LeafPartial.Vector v -> writeVector(v.samples());
                case LeafPartial.Matrix m -> writeMatrix(m.series());
                case LeafPartial.Groups g -> writeGroups(g.rows());
            }
        }

        private void writeVector(List<Sample> samples) throws IOException {
            out.writeByte(VECTOR);
            writeSize(samples.size());
            for (Sample sample : samples) {
                writeLabels(sample.labels());
                writeTime(sample.timestampMs());
                writeValue(sample.value(), sample.histogram());
            }
        }

        private void writeMatrix(List<RangeSeries> all) throws IOException {
            out.writeByte(MATRIX);
            writeSize(all.size());
            for (RangeSeries series : all) {
                writeLabels(series.labels());
                writeSize(series.size());
                for (int i = 0; i < series.size(); i++) {
                    writeTime(series.timestampsMs()[i]);
                    writeValue(series.values()[i], series.histogram(i));
                }
            }
        }

        private void writeGroups(List<LeafPartial.GroupRow> rows) throws IOException {
            out.writeByte(GROUPS);
            out.writeByte(rows.isEmpty() ? 0 : rows.getFirst().state().code());
            writeSize(rows.size());
            for (LeafPartial.GroupRow row : rows) {
                writeLabels(row.labels());
                writeTime(row.timestampMs());
                row.state().write(out);
            }
        }

        private void writeLabels(Labels labels) throws IOException {
            writeSize(labels.size());
            for (int i = 0; i < labels.size(); i++) {
                writeString(labels.name(i));
                writeString(labels.value(i));
            }
        }

        private void writeValue(double value, @Nullable FloatHistogram histogram) throws IOException {
            out.writeBoolean(histogram != null);
            if (histogram == null) {
                out.writeDouble(value);
            } else {
                HistogramCodec.write(histogram, out);
            }
        }

        private void writeTime(long timeMs) throws IOException {
            long step = timeMs - lastTime;
            lastTime = timeMs;
            long rest = (step << 1) ^ (step >> 63);
            while ((rest & ~0x7fL) != 0) {
                out.writeByte((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            out.writeByte((int) rest);
        }

        private void writeString(String text) throws IOException {
            Integer known = strings.get(text);
            if (known == null) {
                known = strings.size();
                strings.put(text, known);
            }
            writeSize(known);
        }

        private void writeSize(int size) throws IOException {
            writeSize(size, out);
        }

        private static void writeSize(int size, DataOutputStream to) throws IOException {
            int rest = size;
            while ((rest & ~0x7f) != 0) {
                to.writeByte((rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            to.writeByte(rest);
        }

        byte[] bytes() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream(body.size() + 32 * strings.size() + 8);
            DataOutputStream head = new DataOutputStream(all);
            head.writeByte(VERSION);
            writeSize(strings.size(), head);
            for (String text : strings.keySet()) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                boolean exact = new String(utf8, StandardCharsets.UTF_8).equals(text);
                byte[] bytes = exact ? utf8 : text.getBytes(StandardCharsets.UTF_16BE);
                head.writeBoolean(exact);
                writeSize(bytes.length, head);
                head.write(bytes);
            }
            body.writeTo(all);
            return all.toByteArray();
        }
    }

    private static final class Reader {
        private final DataInputStream in;
        private final List<String> strings = new ArrayList<>();
        private long lastTime;

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        LeafPartial read() throws IOException {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("unknown version " + version);
            }
            int n = readSize();
            for (int i = 0; i < n; i++) {
                strings.add(readDictionaryEntry());
            }
            int leaf = in.readInt();
            List<Annotation> annotations = readAnnotations();
            int kind = in.readUnsignedByte();
            LeafPartial partial =
                    switch (kind) {
                        case VECTOR -> new LeafPartial.Vector(leaf, readVector(), annotations);
                        case MATRIX -> new LeafPartial.Matrix(leaf, readMatrix(), annotations);
                        case GROUPS -> new LeafPartial.Groups(leaf, readGroups(), annotations);
                        default -> throw new IOException("unknown kind " + kind);
                    };
            if (in.read() >= 0) {
                throw new IOException("bytes behind the end");
            }
            return partial;
        }

        private String readDictionaryEntry() throws IOException {
            boolean utf8 = in.readBoolean();
            byte[] bytes = in.readNBytes(readSize());
            return new String(bytes, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE);
        }

        private List<Annotation> readAnnotations() throws IOException {
            List<Annotation> annotations = new ArrayList<>();
            int n = readSize();
            for (int i = 0; i < n; i++) {
                boolean warning = in.readUnsignedByte() == 0;
                annotations.add(new Annotation(
                        warning ? Annotation.Level.WARNING : Annotation.Level.INFO, strings.get(readSize())));
            }
            return annotations;
        }

        private List<Sample> readVector() throws IOException {
            int n = readSize();
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Labels labels = readLabels();
                long time = readTime();
                boolean isHistogram = in.readBoolean();
                samples.add(
                        isHistogram
                                ? new Sample(labels, time, 0, HistogramCodec.read(in))
                                : new Sample(labels, time, in.readDouble(), null));
            }
            return samples;
        }

        private List<RangeSeries> readMatrix() throws IOException {
            int n = readSize();
            List<RangeSeries> all = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Labels labels = readLabels();
                Columns columns = new Columns();
                int size = readSize();
                for (int j = 0; j < size; j++) {
                    long time = readTime();
                    if (in.readBoolean()) {
                        columns.add(time, 0, HistogramCodec.read(in));
                    } else {
                        columns.add(time, in.readDouble(), null);
                    }
                }
                all.add(columns.series(labels));
            }
            return all;
        }

        private List<LeafPartial.GroupRow> readGroups() throws IOException {
            GroupState.Kind kind = GroupState.Kind.of(in.readUnsignedByte());
            int n = readSize();
            List<LeafPartial.GroupRow> rows = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                rows.add(new LeafPartial.GroupRow(readLabels(), readTime(), GroupState.read(kind, in)));
            }
            return rows;
        }

        private Labels readLabels() throws IOException {
            String[] pairs = new String[2 * readSize()];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = strings.get(readSize());
            }
            return Labels.of(pairs);
        }

        private long readTime() throws IOException {
            long result = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                byte next = in.readByte();
                result |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    lastTime += (result >>> 1) ^ -(result & 1);
                    return lastTime;
                }
            }
            throw new IOException("time of more than ten bytes");
        }

        private int readSize() throws IOException {
            int result = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                byte next = in.readByte();
                result |= (next & 0x7f) << shift;
                if (next >= 0) {
                    if (result < 0 || result > MAX_ITEMS) {
                        throw new IOException("size " + result);
                    }
                    return result;
                }
            }
            throw new IOException("size of more than five bytes");
        }
    }
}
