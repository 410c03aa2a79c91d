package io.tocsin.notifier.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedPostgresServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.notifier.NotifierApplication;
import io.tocsin.notifier.Story;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import io.tocsin.runtime.RunningModule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration holds back, and what becomes of a change of it while the notifier runs. */
class ConfigurationFlowTest {

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgresServer postgres;
    private static IncidentLog log;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private StrictReceiver receiver;
    private RunningModule module;
    private String name;
    private String database;
    private Path file;

    @BeforeAll
    static void startServers() {
        kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(data.resolve("postgres"), 0);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        log = new IncidentLog(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopServers() {
        log.close();
        kafka.close();
        postgres.close();
    }

    @BeforeEach
    void startReceiver(TestInfo test) throws Exception {
        receiver = new StrictReceiver();
        name = test.getTestMethod().orElseThrow().getName();
        String created = "db" + Math.abs(name.hashCode());
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
            connection.createStatement().execute("CREATE DATABASE " + created);
        }
        database = postgres.jdbcUrl().replace("/postgres?", "/" + created + "?");
        file = directory.resolve("alertmanager.yml");
    }

    @AfterEach
    void stop() {
        module.close();
        receiver.close();
        assertThat(receiver.violations()).isEmpty();
    }

    @Test
    void whatAnotherAlertMutesIsToldOnceThatOneIsOver() throws Exception {
        start(webhook(), "", """
                inhibit_rules:
                  - source_matchers: [alertname="%s"]
                    target_matchers: [alertname="%s"]
                    equal: [test]
                """.formatted(alert("Outage"), alert("Slow")));
        Story story = new Story(name)
                .at(Instant.now())
                .alert(alert("Slow"), State.FIRING, Disposition.NONE, Map.of("test", name))
                .alert(alert("Outage"), State.FIRING, Disposition.NONE, Map.of("test", name));
        log.write(story.snapshot());
        Until.value(() -> get("/api/tocsin/why/" + Story.fingerprint(alert("Slow"))), why -> why.contains("INHIBITED"));
        assertThat(get("/api/v2/alerts")).contains("\"inhibitedBy\":[\"" + Story.fingerprint(alert("Outage")) + "\"]");
        Until.value(receiver::heard, heard -> heard.size() == 1);

        log.write(story.at(Instant.now()).resolved(alert("Outage")).snapshot());
        Until.value(receiver::heard, heard -> heard.size() == 3);

        assertThat(receiver.heard())
                .startsWith("/main firing [" + alert("Outage") + "]")
                .containsExactlyInAnyOrder(
                        "/main firing [" + alert("Outage") + "]",
                        "/main resolved [" + alert("Outage") + "]",
                        "/main firing [" + alert("Slow") + "]");
    }

    @Test
    void aChangeIsTakenWhileItRunsAndAWrongOneIsRefusedAsAWhole() throws Exception {
        String always = "time_intervals: [{name: always, time_intervals: [{}]}]\n";
        start(webhook(), "mute_time_intervals: [always]", always);
        Story story = new Story(name)
                .at(Instant.now())
                .alert(alert("Down"), State.FIRING, Disposition.NONE, Map.of("test", name));
        log.write(story.snapshot());
        Until.value(() -> count("decision WHERE reason = 'MUTED_BY_TIME'"), count -> count > 0);
        assertThat(get("/api/v2/alerts")).contains("\"mutedBy\":[\"always\"]");
        assertThat(receiver.heard()).isEmpty();

        write(webhook(), "", always);
        assertThat(reload().statusCode()).isEqualTo(200);
        Until.value(receiver::heard, heard -> heard.size() == 1);

        Files.writeString(file, "route: {receiver: nobody}\n");
        HttpResponse<String> refused = reload();
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).isEqualTo(file + ":1:19: receiver \"nobody\" is not defined\n");
        assertThat(get("/metrics")).contains("tocsin_notifier_config_last_reload_successful 0.0");

        log.write(story.at(Instant.now()).resolved(alert("Down")).snapshot());
        Until.value(receiver::heard, heard -> heard.size() == 2);
        assertThat(receiver.heard())
                .containsExactly("/main firing [" + alert("Down") + "]", "/main resolved [" + alert("Down") + "]");
    }

    private String webhook() {
        return "webhook_configs: [{url: '" + receiver.url("/main") + "'}]";
    }

    private void start(String way, String route, String more) throws Exception {
        write(way, route, more);
        module = NotifierApplication.start(Map.of(
                "micronaut.server.port", FreePorts.next(),
                "tocsin.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "tocsin.postgres.url", database,
                "tocsin.notifier.config-file", file.toString()));
    }

    private void write(String way, String route, String more) throws Exception {
        Files.writeString(file, """
                route:
                  receiver: nobody
                  group_by: [alertname]
                  group_wait: 1s
                  group_interval: 1s
                  routes:
                    - matchers: ['test = "%s"']
                      receiver: main
                      %s
                receivers:
                  - name: nobody
                  - name: main
                    %s
                """.formatted(name, route, way) + more);
    }

    /** Names are the test's own: all tests write to one log. */
    private String alert(String what) {
        return what + "Of" + Math.abs(name.hashCode());
    }

    private int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM notifier." + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private HttpResponse<String> reload() throws Exception {
        return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), "/-/reload");
    }

    private String get(String path) throws Exception {
        return send(HttpRequest.newBuilder().GET(), path).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + module.port() + path);
        return http.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
