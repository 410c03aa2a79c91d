package io.tocsin.standalone.up;

import java.nio.file.Path;

/** What a person reads when everything is up. */
final class Welcome {

    private Welcome() {}

    static String text(Ports ports, Path data, Path config, boolean demo, long nanos) {
        String text = """

                Tocsin is up after %.1f s. Stop it with Ctrl-C.

                  console            http://127.0.0.1:%d
                  OTLP gRPC          127.0.0.1:%d
                  OTLP HTTP          http://127.0.0.1:%d
                  query API          http://127.0.0.1:%d        (Grafana: data source of type Prometheus)
                  Alertmanager API   http://127.0.0.1:%d        (amtool, Grafana)
                  self-healing API   http://127.0.0.1:%d
                  Kafka, PostgreSQL  127.0.0.1:%d, 127.0.0.1:%d

                  data               %s
                  configuration      %s

                Point an application at it:
                  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:%d OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
                Look whether all is well, and to your first alert:
                  ./tocsin doctor          docs/first-alert.md
                """.formatted(
                        nanos / 1e9,
                        ports.console(),
                        ports.grpc(),
                        ports.http(),
                        ports.query(),
                        ports.alertmanager(),
                        ports.heal(),
                        ports.kafka(),
                        ports.postgres(),
                        data.toAbsolutePath().normalize(),
                        config.toAbsolutePath().normalize(),
                        ports.http());
        return demo ? text + """

                The demo shop runs. Break it and watch the console:
                  ./tocsin demo break ledger --how crash
                """ : text;
    }
}
