package io.tocsin.standalone.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Beside the real Alertmanager. */
class CompareCommandTest {

    private static final String CONFIG = """
            route:
              receiver: team
              group_by: [alertname]
              routes: [{matchers: ['severity = "page"'], receiver: pager}]
            inhibit_rules:
              - {source_matchers: ['severity = "page"'], target_matchers: ['severity = "ticket"'], equal: [cluster]}
            receivers:
              - {name: team, webhook_configs: [{url: 'http://127.0.0.1:1/team'}]}
              - {name: pager, opsgenie_configs: [{api_key: secret}]}
            """;

    @TempDir
    private Path directory;

    private Process alertmanager;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Path program = Path.of("/usr/bin/prometheus-alertmanager");
        if (!Files.isExecutable(program)) {
            System.out.println("skipped: there is no prometheus-alertmanager on this machine");
        }
        assumeTrue(Files.isExecutable(program), "there is no prometheus-alertmanager on this machine");
        port = FreePorts.next();
        alertmanager = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + Files.writeString(directory.resolve("alertmanager.yml"), CONFIG),
                        "--storage.path=" + directory.resolve("data"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Instant deadline = Instant.now().plusSeconds(20);
        while (!answers()) {
            assertThat(Instant.now()).isBefore(deadline);
            assertThat(alertmanager.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        post("Disk", "page");
        post("Slow", "ticket");
    }

    @AfterEach
    void stop() throws Exception {
        if (alertmanager != null) {
            alertmanager.destroy();
            assertThat(alertmanager.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void sameConfigurationSameAlertsDoNotDiffer() {
        Outcome outcome = compare();

        assertThat(outcome.text()).contains("1 alerts of groups compared, 0 differ");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void eachDifferenceIsSaidWithItsReason() throws Exception {
        Path other = Files.writeString(
                directory.resolve("other.yml"), CONFIG.replace("receiver: pager}]", "receiver: team}]"));
        Outcome outcome = compare("--config", other.toString());

        assertThat(outcome.text())
                .contains("receiver pager, group {alertname=\"Disk\"}: only Alertmanager tells of")
                .contains("not routed there")
                .contains("receiver team, group {alertname=\"Disk\"}: only Tocsin tells of")
                .contains("2 differ");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void alertsCanBePostedHereInstead() {
        int listen = FreePorts.next();
        Outcome outcome = compare("--listen", Integer.toString(listen));

        assertThat(outcome.text()).contains("only Alertmanager tells of").contains("never posted here");
        assertThat(outcome.code()).isEqualTo(1);
    }

    private boolean answers() {
        try {
            return !InstanceAddress.get(port, "/api/v2/status").isEmpty();
        } catch (UserError e) {
            return false;
        }
    }

    private void post(String name, String severity) {
        var _ = InstanceAddress.post(
                port,
                "/api/v2/alerts",
                List.of(Map.of("labels", Map.of("alertname", name, "severity", severity, "cluster", "x"))));
    }

    private record Outcome(int code, String text) {}

    private Outcome compare(String... more) {
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new MigrateCommand()).setOut(new PrintWriter(text));
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "compare",
                                "--alertmanager",
                                "http://127.0.0.1:" + port,
                                "--every",
                                "PT0.2S",
                                "--for",
                                "PT2S"),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        int code = line.execute(arguments);
        return new Outcome(code, text.toString());
    }
}
