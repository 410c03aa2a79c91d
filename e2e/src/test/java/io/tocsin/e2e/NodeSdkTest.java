package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tocsin.contracts.Topics;
import io.tocsin.e2e.TocsinProcess.Await;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock Node SDK from npm, configured by its standard environment variables, sends all three signals. */
class NodeSdkTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc", "send.mjs");

    @TempDir
    private static Path directory;

    private static Ports ports;
    private static TocsinProcess tocsin;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(exit(directory, Map.of(), "node", "--version") == 0, "no node on this machine");
        Path sources = Path.of(System.getProperty("tocsin.repository"), "e2e/src/test/node");
        for (String file : FILES) {
            Files.copy(sources.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(exit(directory, Map.of(), "npm", "ci", "--ignore-scripts"))
                .as("npm ci")
                .isZero();
        ports = Ports.free();
        tocsin = TocsinProcess.up(
                directory.resolve("data"),
                ports,
                "--config",
                directory.resolve("config").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (tocsin != null) {
            tocsin.close();
        }
    }

    @Test
    void overHttpWithProtobuf() throws Exception {
        sendAndReadBack("http/protobuf", "http://127.0.0.1:" + ports.http());
    }

    @Test
    void overGrpc() throws Exception {
        sendAndReadBack("grpc", "http://127.0.0.1:" + ports.grpc());
    }

    private static void sendAndReadBack(String protocol, String endpoint) throws Exception {
        String marker = "from-node-" + protocol.replace('/', '-');
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                endpoint,
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol,
                "OTEL_TRACES_EXPORTER",
                "otlp",
                "OTEL_METRICS_EXPORTER",
                "otlp",
                "OTEL_LOGS_EXPORTER",
                "otlp",
                "OTEL_SERVICE_NAME",
                marker);
        assertThat(exit(directory, environment, "node", "send.mjs", marker)).isZero();
        try (PlainConsumer consumer = new PlainConsumer(ports.kafka())) {
            Await.until(
                    "its metrics are in the log",
                    WITHIN,
                    () -> consumer.values(Topics.METRICS, ExportMetricsServiceRequest.parser())
                            .flatMap(request -> request.getResourceMetricsList().stream())
                            .flatMap(resource -> resource.getScopeMetricsList().stream())
                            .flatMap(scope -> scope.getMetricsList().stream())
                            .filter(metric -> metric.getName().equals("e2e.node.calls"))
                            .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                            .anyMatch(point -> point.getAttributes(0)
                                            .getValue()
                                            .getStringValue()
                                            .equals(marker)
                                    && point.getAsDouble() + point.getAsInt() == 3));
            Await.until(
                    "its span is in the log",
                    WITHIN,
                    () -> consumer.values(Topics.SPANS, ExportTraceServiceRequest.parser())
                            .flatMap(request -> request.getResourceSpansList().stream())
                            .flatMap(resource -> resource.getScopeSpansList().stream())
                            .flatMap(scope -> scope.getSpansList().stream())
                            .anyMatch(span -> span.getName().equals("span " + marker)
                                    && span.getTraceId().size() == 16));
            Await.until(
                    "its log record is in the log",
                    WITHIN,
                    () -> consumer.values(Topics.LOGS, ExportLogsServiceRequest.parser())
                            .flatMap(request -> request.getResourceLogsList().stream())
                            .flatMap(resource -> resource.getScopeLogsList().stream())
                            .flatMap(scope -> scope.getLogRecordsList().stream())
                            .anyMatch(
                                    record -> record.getBody().getStringValue().equals("log " + marker)));
        }
    }

    private static int exit(Path directory, Map<String, String> environment, String... command) throws Exception {
        Path log = Files.createTempFile(directory, "command-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "did not end: " + String.join(" ", Stream.of(command).toList()));
            }
            System.out.println(
                    String.join(" ", command) + ": " + Files.readString(log).strip());
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
