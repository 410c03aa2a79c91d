package io.tocsin.collector.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.tocsin.collector.TestCollector;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import io.tocsin.embedded.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a target, and sends what it has. */
class PrometheusSenderTest {

    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final String STAYING = """
            # HELP shop_requests_total Requests.
            # TYPE shop_requests_total counter
            shop_requests_total{path="/a b",weird__label="1"} 3
            # TYPE shop_latency_seconds histogram
            shop_latency_seconds_bucket{le="0.1"} 1
            shop_latency_seconds_bucket{le="+Inf"} 2
            shop_latency_seconds_sum 0.7
            shop_latency_seconds_count 2
            """;

    private volatile String exposition = STAYING + "shop_goes_away 1\n";

    @Test
    void aPrometheusSendsWhatItScrapesAndWhenASeriesHasEnded(@TempDir Path data) throws Exception {
        assumeTrue(Files.isExecutable(PROMETHEUS), "no " + PROMETHEUS + " here (package prometheus)");
        HttpServer target = target();
        String instance = "127.0.0.1:" + target.getAddress().getPort();
        try (TestCollector collector = new TestCollector(data.resolve("kafka"))) {
            Path config = Files.writeString(
                    data.resolve("prometheus.yml"),
                    config(instance, collector.module().port()));
            Process prometheus = start(config, data.resolve("tsdb"));
            try {
                byte[] key = new TargetIdentity("shop", instance).key();
                TestCollector.until(() -> points(collector, key, "shop_goes_away"), found -> !found.isEmpty());
                assertThat(points(collector, key, "up").getFirst().getAsDouble())
                        .isEqualTo(1);
                NumberDataPoint requests =
                        points(collector, key, "shop_requests_total").getFirst();
                assertThat(requests.getAsDouble()).isEqualTo(3);
                assertThat(requests.getAttributesList())
                        .extracting(
                                each -> each.getKey() + "=" + each.getValue().getStringValue())
                        .containsExactly("cluster=prod", "path=/a b", "weird__label=1");
                assertThat(points(collector, key, "shop_latency_seconds_bucket"))
                        .hasSizeGreaterThanOrEqualTo(2);

                exposition = STAYING;
                TestCollector.until(
                        () -> points(collector, key, "shop_goes_away"),
                        found -> found.getLast().getFlags() == 1);
                assertThat(points(collector, key, "shop_requests_total")).allMatch(point -> point.getFlags() == 0);
            } finally {
                prometheus.destroy();
                assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            target.stop(0);
        }
    }

    private HttpServer target() throws IOException {
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/metrics", exchange -> {
            byte[] text = exposition.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        target.start();
        return target;
    }

    private static Process start(Path config, Path tsdb) throws IOException {
        return new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + tsdb,
                        "--web.listen-address=127.0.0.1:" + FreePorts.next())
                .redirectErrorStream(true)
                .redirectOutput(new File(tsdb + ".log"))
                .start();
    }

    private static String config(String instance, int collectorPort) {
        return """
                global:
                  scrape_interval: 500ms
                  external_labels: {cluster: prod, __replica__: a}
                scrape_configs:
                  - job_name: shop
                    static_configs:
                      - targets: ["%s"]
                remote_write:
                  - url: http://127.0.0.1:%d/api/v1/write
                    queue_config: {batch_send_deadline: 500ms}
                """.formatted(instance, collectorPort);
    }

    /** The points of a metric, in the order in which they came. */
    private static List<NumberDataPoint> points(TestCollector collector, byte[] key, String name) {
        List<NumberDataPoint> points = new ArrayList<>();
        for (var record : collector.records(Topics.METRICS)) {
            if (Arrays.equals(record.key(), key)) {
                for (Metric metric : metrics(record.value())) {
                    if (metric.getName().equals(name)) {
                        points.addAll(
                                metric.hasSum()
                                        ? metric.getSum().getDataPointsList()
                                        : metric.getGauge().getDataPointsList());
                    }
                }
            }
        }
        return points;
    }

    private static List<Metric> metrics(byte[] value) {
        try {
            return ExportMetricsServiceRequest.parseFrom(value)
                    .getResourceMetrics(0)
                    .getScopeMetrics(0)
                    .getMetricsList();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError("not OTLP in the topic", e);
        }
    }
}
