package io.tocsin.benchmarks.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Requests like those of an instrumented HTTP server: ten counters or operations, five attributes each. */
enum Load {
    METRICS("/v1/metrics") {
        @Override
        byte[] request(int sender, int data, Random random) {
            ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
            for (int m = 0; m < KINDS; m++) {
                Sum.Builder sum = Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
                for (int i = m; i < data; i += KINDS) {
                    sum.addDataPoints(NumberDataPoint.newBuilder()
                            .setStartTimeUnixNano(NOW)
                            .setTimeUnixNano(NOW + TimeUnit.SECONDS.toNanos(i))
                            .setAsDouble(random.nextDouble(1e6))
                            .addAllAttributes(attributes(i)));
                }
                scope.addMetrics(Metric.newBuilder()
                        .setName("http.server.requests." + m)
                        .setUnit("{request}")
                        .setSum(sum));
            }
            ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
            request.addResourceMetricsBuilder().setResource(resource(sender)).addScopeMetrics(scope);
            return request.build().toByteArray();
        }
    },
    SPANS("/v1/traces") {
        @Override
        byte[] request(int sender, int data, Random random) {
            ScopeSpans.Builder scope = ScopeSpans.newBuilder();
            for (int i = 0; i < data; i++) {
                scope.addSpans(Span.newBuilder()
                        .setTraceId(id(16, random))
                        .setSpanId(id(8, random))
                        .setParentSpanId(id(8, random))
                        .setName("GET /cart/" + i % KINDS)
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .setStartTimeUnixNano(NOW)
                        .setEndTimeUnixNano(NOW + random.nextInt(1_000_000_000))
                        .addAllAttributes(attributes(i)));
            }
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            request.addResourceSpansBuilder().setResource(resource(sender)).addScopeSpans(scope);
            return request.build().toByteArray();
        }
    };

    private static final int KINDS = 10;
    private static final long NOW = 1_700_000_000_000_000_000L;

    private final String path;

    Load(String path) {
        this.path = path;
    }

    /** Where it is sent. */
    String path() {
        return path;
    }

    /** A request of one sender with so many data points or spans. */
    abstract byte[] request(int sender, int data, Random random);

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Resource resource(int sender) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "bench-" + sender))
                .addAttributes(attribute("service.instance.id", "i-" + sender))
                .addAttributes(attribute("host.name", "host-" + sender))
                .build();
    }

    private static List<KeyValue> attributes(int i) {
        return List.of(
                attribute("http.request.method", i % 2 == 0 ? "GET" : "POST"),
                attribute("http.route", "/api/v1/orders/" + i % 25),
                attribute("http.response.status_code", Integer.toString(200 + i % 5)),
                attribute("server.address", "shop.example"),
                attribute("customer.tier", "tier-" + i % 7));
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString id(int bytes, Random random) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return ByteString.copyFrom(id);
    }
}
