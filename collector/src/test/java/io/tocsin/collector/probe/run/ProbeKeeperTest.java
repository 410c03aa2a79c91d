package io.tocsin.collector.probe.run;

import static io.tocsin.collector.TestCollector.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.collector.CollectorApplication;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import io.tocsin.runtime.RunningModule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole collector with a real broker: from probes.yaml to otlp_metrics, and the file changed while it runs. */
class ProbeKeeperTest {

    @Test
    void findingsAreOnTheTopicAndAFileIsTakenOrRefusedAsAWhole(@TempDir Path directory) throws Exception {
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
        String url = "http://127.0.0.1:" + target.getAddress().getPort() + "/";
        Path file = directory.resolve("probes.yaml");
        Files.writeString(directory.resolve("shop.yaml"), "- targets: ['" + url + "']\n");
        Files.writeString(file, """
                prober: eu-west
                probes: [{name: shop, every: 1s, http: {}, discover: [{files: {paths: [shop.yaml]}}]}]
                expected: [{name: services, targets: [{service_name: checkout}]}]
                """);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), FreePorts.next())) {
            try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
                TopicCreation.STANDALONE.ensure(admin);
            }
            RunningModule module = CollectorApplication.start(Map.of(
                    "micronaut.server.port", FreePorts.next(),
                    "tocsin.collector.grpc-port", 0,
                    "tocsin.kafka.bootstrap-servers", kafka.bootstrapServers(),
                    "tocsin.collector.probes.file", file.toString(),
                    "tocsin.collector.probes.reload", "100ms"));
            try (Findings findings = new Findings(kafka.bootstrapServers())) {
                until(
                        findings::names,
                        names -> names.contains("probe_success 1.0 eu-west")
                                && names.contains("tocsin_expected_target 1.0 eu-west")
                                && names.contains("probe_http_status_code 204.0 eu-west"));
                assertThat(findings.keys).contains(new TargetIdentity("shop", url));

                Files.writeString(file, Files.readString(file).replace("http:", "htpt:"));
                until(() -> metric(module, "tocsin_collector_probes_file_valid"), valid -> valid == 0);
                findings.seen.clear();
                until(findings::names, names -> names.contains("probe_success 1.0 eu-west"));

                Files.writeString(
                        file, Files.readString(file).replace("htpt:", "http:").replace("eu-west", "us-east"));
                until(findings::names, names -> names.contains("probe_success 1.0 us-east"));
                target.stop(0);
                until(findings::names, names -> names.contains("probe_success 0.0 us-east"));
            } finally {
                module.close();
            }
        } finally {
            target.stop(0);
        }
    }

    private static double metric(RunningModule module, String name) {
        URI url = URI.create("http://127.0.0.1:" + module.port() + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(-1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads the topic on. */
    private static final class Findings implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<String> seen = new ArrayList<>();
        private final List<TargetIdentity> keys = new ArrayList<>();

        Findings(String bootstrap) {
            consumer = new KafkaConsumer<>(
                    Map.<String, Object>of("bootstrap.servers", bootstrap),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(consumer.partitionsFor(Topics.METRICS.name()).stream()
                    .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
        }

        /** As {@code name value prober}. */
        List<String> names() {
            consumer.poll(Duration.ofMillis(200)).forEach(this::read);
            return List.copyOf(seen);
        }

        private void read(ConsumerRecord<byte[], byte[]> record) {
            try {
                var request = ExportMetricsServiceRequest.parseFrom(record.value());
                assertThat(request.getResourceMetricsCount()).isEqualTo(1);
                ResourceMetrics metrics = request.getResourceMetrics(0);
                TargetIdentity identity = TargetIdentity.of(metrics.getResource());
                assertThat(Arrays.equals(record.key(), identity.key())).isTrue();
                keys.add(identity);
                metrics.getScopeMetrics(0)
                        .getMetricsList()
                        .forEach(metric -> metric.getGauge()
                                .getDataPointsList()
                                .forEach(point -> seen.add(metric.getName() + " " + point.getAsDouble() + " "
                                        + TargetIdentity.text(point.getAttributesList(), "prober"))));
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
