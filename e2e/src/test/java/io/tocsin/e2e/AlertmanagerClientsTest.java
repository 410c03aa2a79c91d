package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.e2e.TocsinProcess.Await;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.TocsinCommand;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs that know nothing but Alertmanager: Prometheus posts alerts, amtool asks and silences. */
class AlertmanagerClientsTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static Ports ports;
    private static WebhookReceiver receiver;
    private static TocsinProcess tocsin;
    private static Path configuration;

    @BeforeAll
    static void start() throws Exception {
        ports = Ports.free();
        receiver = new WebhookReceiver();
        configuration = Files.createDirectories(directory.resolve("config")).resolve("alertmanager.yml");
        Files.writeString(configuration, """
                route:
                  receiver: team
                  group_by: [alertname]
                  group_wait: 0s
                  group_interval: 1s
                  routes:
                    - {matchers: ['alertname =~ "Amtool.*"'], receiver: nobody}
                receivers:
                  - name: nobody
                  - name: team
                    webhook_configs: [{url: 'http://127.0.0.1:%d/notices'}]
                """.formatted(receiver.port()));
        tocsin = TocsinProcess.up(
                directory.resolve("data"),
                ports,
                "--config",
                configuration.getParent().toString());
    }

    @AfterAll
    static void stop() throws Exception {
        tocsin.close();
        receiver.close();
    }

    @Test
    void whatPrometheusRaisesIsOneIncidentOneNoticeAndOneRecovery() throws Exception {
        String prometheus = program("prometheus");
        AtomicInteger broken = new AtomicInteger(1);
        HttpServer exporter = exporter(broken);
        Path config = prometheus(exporter.getAddress().getPort());
        Process process = new ProcessBuilder(
                        prometheus,
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--rules.alert.resend-delay=1s",
                        "--web.listen-address=127.0.0.1:" + FreePorts.next())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        try {
            Await.until(
                    "the alarm", WITHIN, () -> !about("LedgerBroken", "firing").isEmpty());
            JsonNode incident = incident("LedgerBroken");
            assertThat(incident.path("status").asString()).isEqualTo("OPEN");
            JsonNode member = incident.path("members").path(0);
            assertThat(member.path("source").asString()).isEqualTo("prometheus");
            assertThat(member.path("annotations").path("summary").asString()).isEqualTo("it is 1");

            broken.set(0);
            Await.until(
                    "the recovery",
                    WITHIN,
                    () -> !about("LedgerBroken", "resolved").isEmpty());
            Await.until(
                    "the incident is closed",
                    WITHIN,
                    () -> incident("LedgerBroken").path("status").asString().equals("CLOSED"));
            // Prometheus repeated the alarm every second, and the recovery too.
            assertThat(about("LedgerBroken", "firing")).hasSize(1);
            assertThat(about("LedgerBroken", "resolved")).hasSize(1);
        } finally {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            exporter.stop(0);
        }
    }

    @Test
    void amtoolAsksSilencesAndReadsTheConfiguration() throws Exception {
        String amtool = program("amtool");
        amtool(amtool, "alert", "add", "AmtoolDisk", "instance=a", "severity=page", "--annotation=summary=it is full");
        Await.until(
                "the alert is active",
                WITHIN,
                () -> amtool(amtool, "alert", "query", "AmtoolDisk", "-o", "extended")
                        .contains("summary=\"it is full\""));
        assertThat(amtool(amtool, "alert", "query", "AmtoolDisk", "instance=b")).doesNotContain("AmtoolDisk");
        assertThat(amtool(amtool, "alert", "query", "--receiver=nobody", "instance=~a|c"))
                .contains("AmtoolDisk");

        String id = amtool(amtool, "silence", "add", "AmtoolDisk", "instance=a", "-d", "1h", "-a", "me", "-c", "why")
                .strip();
        assertThat(amtool(amtool, "silence", "query", "AmtoolDisk"))
                .contains(id)
                .contains("why");
        assertThat(amtool(amtool, "alert", "query", "AmtoolDisk")).doesNotContain("AmtoolDisk");
        assertThat(amtool(amtool, "alert", "query", "--silenced", "AmtoolDisk")).contains("AmtoolDisk");
        Path exported = directory.resolve("silences.json");
        Files.writeString(exported, amtool(amtool, "silence", "query", "AmtoolDisk", "-o", "json"));
        amtool(amtool, "silence", "expire", id);
        assertThat(amtool(amtool, "silence", "query", "-q")).doesNotContain(id);
        assertThat(amtool(amtool, "silence", "query", "--expired", "-q")).contains(id);
        assertThat(amtool(amtool, "alert", "query", "AmtoolDisk")).contains("AmtoolDisk");
        amtool(amtool, "silence", "import", "--force", exported.toString());
        assertThat(amtool(amtool, "silence", "query", "AmtoolDisk")).contains("why");
        assertThat(tocsin("alerts", "why", "alertname=AmtoolDisk"))
                .contains("nobody, group")
                .contains("SILENCED by");

        assertThat(amtool(amtool, "config", "show")).contains("receiver: team");
        assertThat(amtool(amtool, "config", "routes", "test", "alertname=AmtoolDisk"))
                .contains("nobody");
        assertThat(amtool(amtool, "config", "routes", "show")).contains("receiver: nobody");
        assertThat(amtool(amtool, "check-config", configuration.toString())).contains("SUCCESS");
        assertThat(amtool(amtool, "cluster", "show")).contains("disabled");
    }

    private static String tocsin(String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.resolve("data").toString()));
        int code = new CommandLine(new TocsinCommand())
                .setOut(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        assertThat(code).isZero();
        return out.toString();
    }

    private static String amtool(String amtool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(amtool));
        command.addAll(List.of(arguments));
        if (!arguments[0].equals("check-config")) {
            command.add("--alertmanager.url=http://127.0.0.1:" + ports.alertmanager());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("amtool.err").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + output + Files.readString(directory.resolve("amtool.err")))
                .isZero();
        return output;
    }

    private static HttpServer exporter(AtomicInteger broken) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                byte[] body = ("# TYPE broken gauge\nbroken " + broken.get() + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    private static Path prometheus(int exporter) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yml"), """
                groups:
                  - name: ledger
                    rules:
                      - alert: LedgerBroken
                        expr: broken == 1
                        labels: {severity: page}
                        annotations: {summary: 'it is {{ $value }}'}
                """);
        return Files.writeString(
                directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}
                scrape_configs:
                  - {job_name: ledger, static_configs: [{targets: ['127.0.0.1:%d']}]}
                """.formatted(rules, ports.alertmanager(), exporter));
    }

    private static List<JsonNode> about(String alert, String status) {
        return receiver.notices(status).stream()
                .filter(notice -> notice.path("groupLabels")
                        .path("alertname")
                        .asString("")
                        .equals(alert))
                .toList();
    }

    private static JsonNode incident(String alert) {
        return InstanceAddress.get(ports.alertmanager(), "/api/tocsin/incidents")
                .valueStream()
                .filter(incident -> incident.path("members")
                        .path(0)
                        .path("labels")
                        .path("alertname")
                        .asString("")
                        .equals(alert))
                .findFirst()
                .orElseGet(() -> JsonMapper.shared().createObjectNode());
    }

    /** Skips the test where the machine has not this program. */
    private static String program(String name) {
        for (String place : List.of("/usr/local/bin", "/usr/bin", "/bin")) {
            Path file = Path.of(place, name);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        System.out.println("skipped: there is no program " + name + " on this machine");
        assumeTrue(false, "there is no program " + name + " on this machine");
        return name;
    }
}
