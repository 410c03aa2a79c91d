package io.tocsin.collector.remotewrite;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Exemplars as OTLP's: {@code trace_id} and {@code span_id} become ids where they are ones, all else stays a label. */
final class Exemplars {

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-fA-F]{16}");

    private Exemplars() {}

    static Exemplar of(Series.Exemplar exemplar) {
        Exemplar.Builder otlp = Exemplar.newBuilder()
                .setAsDouble(exemplar.value())
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(exemplar.timestampMs()));
        for (Series.Label label : exemplar.labels()) {
            if (label.name().equals("trace_id")
                    && TRACE_ID.matcher(label.value()).matches()) {
                otlp.setTraceId(hex(label.value()));
            } else if (label.name().equals("span_id")
                    && SPAN_ID.matcher(label.value()).matches()) {
                otlp.setSpanId(hex(label.value()));
            } else {
                otlp.addFilteredAttributes(KeyValue.newBuilder()
                        .setKey(label.name())
                        .setValue(AnyValue.newBuilder().setStringValue(label.value())));
            }
        }
        return otlp.build();
    }

    private static ByteString hex(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
