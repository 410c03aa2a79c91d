package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the deltas of one series have added up to since an unbroken start. Times are Unix nanoseconds. */
public sealed interface DeltaTotal {

    /** Since when it counts. */
    long startNs();

    /** End of the newest delta in it. */
    long endNs();

    /** The total of a sum of numbers. */
    record Plain(long startNs, long endNs, double value) implements DeltaTotal {}

    /** The total of a histogram with explicit bounds. */
    record Classic(long startNs, long endNs, ClassicPoint value) implements DeltaTotal {}

    /** The total of an exponential histogram. */
    record Native(long startNs, long endNs, FloatHistogram value) implements DeltaTotal {}

    /** A compact form with a version in front. */
    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(Form.VERSION);
            out.writeByte(Form.of(this));
            out.writeLong(startNs());
            out.writeLong(endNs());
            switch (this) {
                case Plain number -> out.writeDouble(number.value);
                case Classic classic -> classic.value.write(out);
                case Native histogram -> HistogramCodec.write(histogram.value, out);
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
    static DeltaTotal decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != Form.VERSION) {
                throw new IllegalArgumentException("delta total of version " + version);
            }
            int form = in.readByte();
            long start = in.readLong();
            long end = in.readLong();
            return switch (form) {
                case Form.PLAIN -> new Plain(start, end, in.readDouble());
                case Form.CLASSIC -> new Classic(start, end, ClassicPoint.read(in));
                case Form.NATIVE -> new Native(start, end, HistogramCodec.read(in));
                default -> throw new IllegalArgumentException("delta total of form " + form);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("not a delta total", e);
        }
    }

    /** The numbers that stand for the forms in encoded totals; they never change. */
    final class Form {
        static final int VERSION = 1;
        static final int PLAIN = 0;
        static final int CLASSIC = 1;
        static final int NATIVE = 2;

        private Form() {}

        static int of(DeltaTotal total) {
            return switch (total) {
                case Plain number -> PLAIN;
                case Classic classic -> CLASSIC;
                case Native histogram -> NATIVE;
            };
        }
    }
}
