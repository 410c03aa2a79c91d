package io.tocsin.standalone.doctor;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether each module of an instance is ready, and whether an exporter would get through. */
final class ModuleChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private ModuleChecks() {}

    static List<Finding> ready(Ports ports) {
        Map<String, Integer> modules = new LinkedHashMap<>();
        modules.put("collector", ports.http());
        modules.put("rules engine", ports.query());
        modules.put("notifier", ports.alertmanager());
        modules.put("self-healing", ports.heal());
        modules.put("console", ports.console());
        List<Finding> findings = new ArrayList<>();
        modules.forEach((name, port) -> findings.add(ready(name, port)));
        return findings;
    }

    private static Finding ready(String name, int port) {
        try {
            var _ = InstanceAddress.get(port, "/health/readiness");
            return Finding.ok(name, "ready at " + port);
        } catch (UserError e) {
            return Finding.fail(name, String.valueOf(e.getMessage()), "the log of the instance says why: data/logs");
        }
    }

    /** An export without data, as the SDK sends it over HTTP. */
    static Finding exporter(URI otlp) {
        URI address = URI.create(otlp.toString().replaceAll("/+$", "") + "/v1/metrics");
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(
                        ExportMetricsServiceRequest.getDefaultInstance().toByteArray()))
                .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> Finding.ok("OTLP over HTTP", address + " accepts an export");
                case 401, 403 ->
                    Finding.fail(
                            "OTLP over HTTP",
                            address + " answered " + response.statusCode(),
                            "the exporter needs OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN; ./tocsin token makes one");
                case 404 ->
                    Finding.fail(
                            "OTLP over HTTP",
                            address + " answered 404",
                            "name the address without /v1/metrics, and not another port of Tocsin");
                default ->
                    Finding.fail(
                            "OTLP over HTTP",
                            address + " answered " + response.statusCode() + ": " + response.body(),
                            "");
            };
        } catch (IOException e) {
            return Finding.fail(
                    "OTLP over HTTP",
                    address + ": " + (e.getMessage() == null ? "no connection" : e.getMessage()),
                    "is it the right host, and does the collector listen beyond loopback? docs/send-data.md");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.fail("OTLP over HTTP", "interrupted", "");
        }
    }

    /** Whether anybody listens for OTLP over gRPC. */
    static Finding grpc(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
            return Finding.ok("OTLP over gRPC", "listens at " + port);
        } catch (IOException e) {
            return Finding.fail(
                    "OTLP over gRPC", port + ": " + e.getMessage(), "the collector listens there when it is ready");
        }
    }
}
