package io.tocsin.standalone.up;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --port-offset}, and an option for each port. */
public final class PortOptions {

    @Option(names = "--port-offset", description = "Moves all ports by this number.")
    private int offset;

    @Option(names = "--otlp-grpc-port", description = "OTLP over gRPC (4317).")
    private @Nullable Integer grpc;

    @Option(names = "--otlp-http-port", description = "OTLP over HTTP (4318).")
    private @Nullable Integer http;

    @Option(names = "--query-port", description = "Prometheus query API (9090).")
    private @Nullable Integer query;

    @Option(names = "--alertmanager-port", description = "Alertmanager API v2 (9093).")
    private @Nullable Integer alertmanager;

    @Option(names = "--heal-port", description = "Self-healing API (9095).")
    private @Nullable Integer heal;

    @Option(names = "--console-port", description = "Console (8080).")
    private @Nullable Integer console;

    @Option(names = "--kafka-port", description = "Embedded Kafka (19092).")
    private @Nullable Integer kafka;

    @Option(names = "--postgres-port", description = "Embedded PostgreSQL (15432).")
    private @Nullable Integer postgres;

    @Option(names = "--demo-port", description = "Control port of the demo; its services take the next three (8090).")
    private @Nullable Integer demo;

    /** The ports that were asked for: one given by its own option is not moved. */
    public Ports ports() {
        Ports shifted = Ports.DEFAULT.shifted(offset);
        return new Ports(
                or(grpc, shifted.grpc()),
                or(http, shifted.http()),
                or(query, shifted.query()),
                or(alertmanager, shifted.alertmanager()),
                or(heal, shifted.heal()),
                or(console, shifted.console()),
                or(kafka, shifted.kafka()),
                or(postgres, shifted.postgres()),
                or(demo, shifted.demo()));
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return Optional.ofNullable(given).orElse(otherwise);
    }
}
