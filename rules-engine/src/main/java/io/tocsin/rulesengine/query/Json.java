package io.tocsin.rulesengine.query;

import io.tocsin.promql.histogram.Bucket;
import io.tocsin.promql.histogram.BucketCursor;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Values in the JSON of Prometheus' HTTP API: numbers as texts, times in seconds. */
final class Json {

    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double SMALLEST_WITH_EXPONENT = 1e21;

    private Json() {}

    static void write(Value value, JsonGenerator out) {
        out.writeStartObject();
        switch (value) {
            case Value.VectorValue vector -> {
                out.writeStringProperty("resultType", "vector");
                out.writeArrayPropertyStart("result");
                vector.samples().forEach(sample -> write(sample, out));
                out.writeEndArray();
            }
            case Value.MatrixValue matrix -> {
                out.writeStringProperty("resultType", "matrix");
                out.writeArrayPropertyStart("result");
                matrix.series().forEach(series -> write(series, out));
                out.writeEndArray();
            }
            case Value.ScalarValue scalar -> {
                out.writeStringProperty("resultType", "scalar");
                out.writeArrayPropertyStart("result");
                pair(scalar.timestampMs(), GoFloat.format(scalar.value()), out);
                out.writeEndArray();
            }
            case Value.StringValue text -> {
                out.writeStringProperty("resultType", "string");
                out.writeArrayPropertyStart("result");
                pair(text.timestampMs(), text.value(), out);
                out.writeEndArray();
            }
        }
        out.writeEndObject();
    }

    private static void write(Sample sample, JsonGenerator out) {
        out.writeStartObject();
        out.writeName("metric");
        write(sample.labels(), out);
        out.writeName(sample.histogram() == null ? "value" : "histogram");
        point(sample.timestampMs(), sample.value(), sample.histogram(), out);
        out.writeEndObject();
    }

    private static void write(RangeSeries series, JsonGenerator out) {
        out.writeStartObject();
        out.writeName("metric");
        write(series.labels(), out);
        points(series, false, out);
        points(series, true, out);
        out.writeEndObject();
    }

    private static void points(RangeSeries series, boolean histograms, JsonGenerator out) {
        boolean begun = false;
        for (int i = 0; i < series.size(); i++) {
            if ((series.histogram(i) != null) != histograms) {
                continue;
            }
            if (!begun) {
                out.writeArrayPropertyStart(histograms ? "histograms" : "values");
                begun = true;
            }
            point(series.timestampsMs()[i], series.values()[i], series.histogram(i), out);
        }
        if (begun) {
            out.writeEndArray();
        }
    }

    static void write(Labels labels, JsonGenerator out) {
        out.writeStartObject();
        labels.forEach((name, value) -> out.writeStringProperty(name, value));
        out.writeEndObject();
    }

    static void write(Collection<String> texts, JsonGenerator out) {
        out.writeStartArray();
        texts.forEach(out::writeString);
        out.writeEndArray();
    }

    private static void point(long timeMs, double value, @Nullable FloatHistogram histogram, JsonGenerator out) {
        out.writeStartArray();
        if (histogram == null) {
            pair(timeMs, number(value), out);
        } else {
            out.writeNumber(seconds(timeMs));
            write(histogram, out);
        }
        out.writeEndArray();
    }

    private static void pair(long timeMs, String text, JsonGenerator out) {
        out.writeNumber(seconds(timeMs));
        out.writeString(text);
    }

    /** Seconds, with three digits behind the point where there is a fraction. */
    private static BigDecimal seconds(long timeMs) {
        return timeMs % 1000 == 0 ? BigDecimal.valueOf(timeMs / 1000) : BigDecimal.valueOf(timeMs, 3);
    }

    private static void write(FloatHistogram histogram, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("count", number(histogram.count()));
        out.writeStringProperty("sum", number(histogram.sum()));
        boolean begun = false;
        BucketCursor buckets = histogram.ascending();
        while (buckets.next()) {
            if (buckets.count() == 0) {
                continue;
            }
            if (!begun) {
                out.writeArrayPropertyStart("buckets");
                begun = true;
            }
            write(buckets.bucket(), out);
        }
        if (begun) {
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(Bucket bucket, JsonGenerator out) {
        out.writeStartArray();
        // 0 is open on the left, 1 open on the right, 2 open on both sides, 3 closed on both.
        int rule = bucket.lowerInclusive() ? (bucket.upperInclusive() ? 3 : 1) : (bucket.upperInclusive() ? 0 : 2);
        out.writeNumber(rule);
        out.writeString(number(bucket.lower()));
        out.writeString(number(bucket.upper()));
        out.writeString(number(bucket.count()));
        out.writeEndArray();
    }

    /** A sample's value: with an exponent only where it is very small or very large. */
    static String number(double value) {
        double size = Math.abs(value);
        boolean exponent = value != 0 && (size < SMALLEST_PLAIN || size >= SMALLEST_WITH_EXPONENT);
        return exponent && Double.isFinite(value) ? exponent(value) : GoFloat.format(value);
    }

    /** Always with an exponent ({@code 1e+00}): the form of alerts' values. */
    static String exponent(double value) {
        if (!Double.isFinite(value)) {
            return GoFloat.format(value);
        }
        BigDecimal decimal = new BigDecimal(GoFloat.format(value)).stripTrailingZeros();
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = value == 0 ? 0 : digits.length() - decimal.scale() - 1;
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
    }
}
