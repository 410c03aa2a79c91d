package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.standalone.up.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stock SDKs from their own registries, with the standard environment variables, send all three signals. */
class SdkTest {

    @TempDir
    private static Path directory;

    private static final Map<Sdk, Path> HOMES = new EnumMap<>(Sdk.class);

    private static Ports ports;
    private static TocsinProcess tocsin;
    private static Page page;

    /** A protocol by its name in {@code OTEL_EXPORTER_OTLP_PROTOCOL}. */
    private enum Protocol {
        HTTP("http/protobuf"),
        GRPC("grpc");

        private final String name;

        Protocol(String name) {
            this.name = name;
        }

        private int port() {
            return this == GRPC ? ports.grpc() : ports.http();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        page = Page.serve();
        ports = Ports.free();
        tocsin = TocsinProcess.up(
                directory.resolve("data"),
                ports,
                Map.of("TOCSIN_COLLECTOR_CORS_ORIGINS", page.origin()),
                "--config",
                directory.resolve("config").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        page.close();
        if (tocsin != null) {
            tocsin.close();
        }
    }

    static Stream<Arguments> everySdkAndProtocol() {
        List<Arguments> all = new ArrayList<>();
        for (Sdk sdk : Sdk.values()) {
            Arrays.stream(Protocol.values()).forEach(protocol -> all.add(Arguments.of(sdk, protocol)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("everySdkAndProtocol")
    void whatItSendsIsInKafka(Sdk sdk, Protocol protocol) throws Exception {
        Path home = HOMES.computeIfAbsent(sdk, each -> each.ready(directory));
        String marker = ("from-" + sdk + "-" + protocol).toLowerCase(Locale.ROOT);
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + protocol.port(),
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol.name,
                "OTEL_TRACES_EXPORTER",
                "otlp",
                "OTEL_METRICS_EXPORTER",
                "otlp",
                "OTEL_LOGS_EXPORTER",
                "otlp",
                "OTEL_SERVICE_NAME",
                marker);
        Program.Ended ended = Program.run(home, environment, sdk.send(home, marker));
        assertThat(ended).as(ended.output()).matches(Program.Ended::well);
        Stored.await(ports.kafka(), marker);
    }

    @ParameterizedTest(name = "Java over {0}")
    @EnumSource(Protocol.class)
    void whatTheJavaSdkSendsIsInKafka(Protocol protocol) {
        String endpoint = "http://127.0.0.1:" + protocol.port();
        JavaSdk sdk = protocol == Protocol.GRPC ? JavaSdk.overGrpc(endpoint) : JavaSdk.overHttp(endpoint);
        String marker = "from-java-" + protocol;
        assertThat(sdk.send(marker)).isTrue();
        Stored.await(ports.kafka(), marker);
    }

    @Test
    void whatAPageOfAnotherOriginSendsAsJsonIsInKafka() throws Exception {
        String marker = "from-the-browser";
        assertThat(page.open(directory, "http://127.0.0.1:" + ports.http(), marker))
                .isEqualTo("sent");
        Stored.await(ports.kafka(), marker);
    }
}
