package io.tocsin.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedPostgresServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.doctor.Finding.Level;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final long GIB = 1L << 30;

    @TempDir
    private Path directory;

    @Test
    void anOldJavaIsNamedWithWhatToDo() {
        Finding finding = MachineChecks.java(Runtime.Version.parse("21.0.4"));
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.advice()).contains("JDK 25", "TOCSIN_JAVA_HOME");
        assertThat(MachineChecks.java(Runtime.Version.parse("25.0.1")).level()).isEqualTo(Level.OK);
    }

    @Test
    void diskWarnsFrom85PercentAndFailsWhenKafkaWouldStop() {
        assertThat(MachineChecks.disk("x", 100 * GIB, 50 * GIB).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.disk("x", 100 * GIB, 14 * GIB).level()).isEqualTo(Level.WARN);
        assertThat(MachineChecks.disk("x", 100 * GIB, 4 * GIB).level()).isEqualTo(Level.FAIL);
        assertThat(MachineChecks.disk(directory.resolve("not/there/yet")).what())
                .isEqualTo("disk");
    }

    @Test
    void memoryAndOpenFilesHaveBounds() {
        assertThat(MachineChecks.memory(8 * GIB, GIB).level()).isEqualTo(Level.WARN);
        assertThat(MachineChecks.memory(8 * GIB, 4 * GIB).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.openFiles(
                                List.of("Max open files            1024                 524288               files"))
                        .level())
                .isEqualTo(Level.WARN);
        assertThat(MachineChecks.openFiles(
                                List.of("Max open files            unlimited            unlimited            files"))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        Ports ports = Ports.free();
        assertThat(PortChecks.free(ports).level()).isEqualTo(Level.OK);
        try (ServerSocket _ = new ServerSocket(ports.query(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortChecks.free(ports).found()).contains(ports.query() + " (query)");
        }
    }

    @Test
    void anExporterIsToldWhatItsAnswerMeans() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {200};
        server.createContext("/v1/metrics", exchange -> {
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        server.start();
        URI otlp = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(ModuleChecks.exporter(otlp).level()).isEqualTo(Level.OK);
        status[0] = 401;
        assertThat(ModuleChecks.exporter(otlp).advice()).contains("OTEL_EXPORTER_OTLP_HEADERS");
        server.stop(0);
        assertThat(ModuleChecks.exporter(otlp).level()).isEqualTo(Level.FAIL);
        assertThat(ModuleChecks.grpc(otlp.getPort()).level()).isEqualTo(Level.FAIL);
    }

    @Test
    void kafkaIsAskedForTheContractAndTheTime() throws Exception {
        String nowhere = "127.0.0.1:" + FreePorts.next();
        assertThat(KafkaChecks.all(nowhere, Instant.now())).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.found()).contains(nowhere);
        });
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0)) {
            assertThat(KafkaChecks.all(kafka.bootstrapServers(), Instant.now())
                            .getLast()
                            .found())
                    .contains("missing: otlp_metrics");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                TopicCreation.STANDALONE.ensure(admin);
            }
            List<Finding> findings = KafkaChecks.all(kafka.bootstrapServers(), Instant.now());
            assertThat(findings).extracting(Finding::what).containsExactly("Kafka", "topics", "doors");
            assertThat(findings.get(1).found()).contains("by the broker's time");
        }
    }

    @Test
    void clocksThatDisagreeAreNamedByTheirDirection() {
        Instant now = Instant.parse("2026-01-01T00:01:00Z");
        assertThat(KafkaChecks.clock(now.minusSeconds(1).toEpochMilli(), now).level())
                .isEqualTo(Level.OK);
        assertThat(KafkaChecks.clock(now.plusSeconds(30).toEpochMilli(), now).advice())
                .contains("ahead");
        assertThat(KafkaChecks.clock(now.minusSeconds(30).toEpochMilli(), now).advice())
                .contains("behind");
    }

    @Test
    void postgresMustKeepWhatItSaidItKept() {
        String nowhere = "jdbc:postgresql://127.0.0.1:" + FreePorts.next() + "/postgres";
        assertThat(PostgresChecks.all(nowhere, "postgres", "").getFirst().level())
                .isEqualTo(Level.FAIL);
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), 0)) {
            assertThat(PostgresChecks.all(postgres.jdbcUrl(), "postgres", ""))
                    .extracting(Finding::level)
                    .containsExactly(Level.OK, Level.OK, Level.WARN);
        }
    }

    @Test
    void aMistakeInAFileIsShownWithItsPlace() throws IOException {
        assertThat(ConfigurationChecks.all(directory.resolve("none")).getFirst().advice())
                .contains("./tocsin init");
        Files.createDirectories(directory.resolve("rules"));
        Files.writeString(directory.resolve("rules/a.yaml"), "groups: [{name: a, rules: [{alert: A, expr: 'up =='}]}]");
        assertThat(ConfigurationChecks.all(directory).getFirst().found()).contains("a.yaml:1:");
    }
}
