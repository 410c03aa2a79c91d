package io.tocsin.notifier.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedPostgresServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.notifier.NotifierApplication;
import io.tocsin.notifier.Story;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import io.tocsin.runtime.RunningModule;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotifierFlowTest {

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgresServer postgres;
    private static IncidentLog log;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RunningModule> running = new ArrayList<>();
    private StrictReceiver receiver;
    private String name;
    private String database;

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
        String database = "db" + Math.abs(name.hashCode());
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
            connection.createStatement().execute("CREATE DATABASE " + database);
        }
        this.database = postgres.jdbcUrl().replace("/postgres?", "/" + database + "?");
    }

    @AfterEach
    void stop() {
        running.forEach(RunningModule::close);
        receiver.close();
        assertThat(receiver.violations()).isEmpty();
    }

    @Test
    void oneIncidentIsOneNoticeAndOneRecoveryThoughItsSymptomFiresFirst() throws Exception {
        start(config("convergence: suppress"));
        Story story = story().alert(alert("Errors"), State.FIRING, Disposition.ROOT, labels());
        log.write(story.snapshot());
        // Within group_wait the cause is found.
        log.write(story.alert(alert("Errors"), State.FIRING, Disposition.SYMPTOM)
                .alert(alert("LedgerDown"), State.FIRING, Disposition.ROOT, labels())
                .snapshot());
        List<String> firing = Until.value(receiver::heard, heard -> !heard.isEmpty());
        assertThat(firing).containsExactly("/main firing [" + alert("LedgerDown") + "]");
        JsonNode incident = receiver.notices().getFirst().body().path("incident");
        assertThat(incident.path("symptoms")
                        .path(0)
                        .path("labels")
                        .path("alertname")
                        .asString())
                .isEqualTo(alert("Errors"));

        // The cause is repaired; its symptom takes two more flushes to be over.
        log.write(story.at(Instant.now()).resolved(alert("LedgerDown")).snapshot());
        Until.value(receiver::heard, heard -> heard.size() > 1);
        int flushes = decisions(alert("Errors"));
        Until.value(() -> decisions(alert("Errors")), count -> count >= flushes + 2);
        log.write(story.at(Instant.now()).resolved(alert("Errors")).snapshot());
        log.write(story.status(Incident.Status.CLOSED).snapshot());
        awaitSettled();

        assertThat(receiver.heard())
                .containsExactly(
                        "/main firing [" + alert("LedgerDown") + "]", "/main resolved [" + alert("LedgerDown") + "]");
    }

    @Test
    void nothingIsToldTwiceThoughInstancesComeAndGoAndEveryRecoveryIsTold() throws Exception {
        Path config = config("");
        RunningModule first = start(config);
        RunningModule second = start(config);
        List<Story> stories = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String alert = alert("Down" + i);
            stories.add(new Story(name + i).at(Instant.now()).alert(alert, State.FIRING, Disposition.ROOT, labels()));
            log.write(stories.get(i).snapshot());
            expected.add("/main firing [" + alert + "]");
        }
        Until.value(receiver::heard, heard -> heard.size() >= 3);
        first.close();
        running.remove(first);
        RunningModule third = start(config);
        for (Story story : stories) {
            log.write(story.snapshot());
        }
        Until.value(receiver::heard, heard -> heard.size() >= 6);
        second.close();
        running.remove(second);
        third.close();
        running.remove(third);

        // They recover while nobody is there to see it.
        for (int i = 0; i < 6; i++) {
            log.write(
                    stories.get(i).at(Instant.now()).resolved(alert("Down" + i)).snapshot());
            expected.add("/main resolved [" + alert("Down" + i) + "]");
        }
        start(config);
        start(config);
        Until.value(receiver::heard, heard -> heard.size() >= 12);
        awaitSettled();

        assertThat(receiver.heard()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(receiver.notices()).extracting(StrictReceiver.Notice::id).doesNotHaveDuplicates();
    }

    @Test
    void whoWasToldOfTheAlarmIsToldOfTheRecoveryThoughSilenceAndRoutesCameBetween() throws Exception {
        RunningModule before = start(config(""));
        Story story = story().alert(alert("Down"), State.FIRING, Disposition.ROOT, labels());
        log.write(story.snapshot());
        Until.value(receiver::heard, heard -> heard.size() == 1);
        before.close();
        running.remove(before);

        RunningModule after = start(write(text("").replace("receiver: main", "receiver: other")));
        post(after, "/api/v2/silences", silence());
        log.write(story.at(Instant.now()).resolved(alert("Down")).snapshot());
        Until.value(receiver::heard, heard -> heard.size() > 1);
        awaitSettled();

        assertThat(receiver.heard())
                .containsExactly("/main firing [" + alert("Down") + "]", "/main resolved [" + alert("Down") + "]");
    }

    @Test
    void aRefusedNoticeIsTriedAgainAndTheRecoveryWaitsForIt() throws Exception {
        start(config(""));
        receiver.refuse(503, 429, 500);
        Story story = story().alert(alert("Down"), State.FIRING, Disposition.ROOT, labels());
        log.write(story.snapshot());
        log.write(story.at(Instant.now()).snapshot());
        Until.value(() -> count("SELECT count(*) FROM notifier.notice WHERE attempts > 0"), count -> count > 0);
        log.write(story.at(Instant.now()).resolved(alert("Down")).snapshot());
        Until.value(receiver::heard, heard -> heard.size() > 1);
        awaitSettled();

        assertThat(receiver.heard())
                .containsExactly("/main firing [" + alert("Down") + "]", "/main resolved [" + alert("Down") + "]");
    }

    @Test
    void poisonIsWrittenToTheDeadLettersAndKeepsNobodyWaiting() throws Exception {
        start(config(""));
        log.write(new byte[] {(byte) 0xff, 1, 2, 3});
        log.write(story().alert(alert("Down"), State.FIRING, Disposition.ROOT, labels())
                .snapshot());
        Until.value(receiver::heard, heard -> heard.size() == 1);

        assertThat(log.deadLetters()).anySatisfy(letter -> {
            assertThat(letter.getModule()).isEqualTo("notifier");
            assertThat(letter.getReason()).isEqualTo("MALFORMED");
            assertThat(letter.getTopic()).isEqualTo("tocsin.incidents");
            assertThat(letter.getValue().toByteArray()).containsExactly(0xff, 1, 2, 3);
        });
    }

    @Test
    void aRestartOfPostgresLosesNothing() throws Exception {
        int port = FreePorts.next();
        Path cluster = directory.resolve("own");
        Story story = story().alert(alert("Down"), State.FIRING, Disposition.ROOT, labels());
        EmbeddedPostgresServer own = EmbeddedPostgresServer.start(cluster, port);
        try {
            database = own.jdbcUrl();
            start(config(""));
            log.write(story.snapshot());
            Until.value(receiver::heard, heard -> heard.size() == 1);
        } finally {
            own.close();
        }
        log.write(story.at(Instant.now()).resolved(alert("Down")).snapshot());
        try (EmbeddedPostgresServer again = EmbeddedPostgresServer.start(cluster, port)) {
            assertThat(again.jdbcUrl()).isEqualTo(database);
            Until.value(receiver::heard, heard -> heard.size() > 1);
            awaitSettled();
            running.forEach(RunningModule::close);
            running.clear();
        }

        assertThat(receiver.heard())
                .containsExactly("/main firing [" + alert("Down") + "]", "/main resolved [" + alert("Down") + "]");
    }

    @Test
    void theApiShowsWhatHappens() throws Exception {
        RunningModule module = start(config("convergence: suppress"));
        log.write(story().alert(alert("Errors"), State.FIRING, Disposition.SYMPTOM, labels())
                .alert(alert("LedgerDown"), State.FIRING, Disposition.ROOT, labels())
                .snapshot());
        Until.value(receiver::heard, heard -> heard.size() == 1);

        assertThat(get(module, "/-/ready").isMissingNode()).isFalse();
        assertThat(get(module, "/api/v2/status").path("versionInfo").has("version"))
                .isTrue();
        assertThat(get(module, "/api/v2/receivers")
                        .valueStream()
                        .map(r -> r.path("name").asString()))
                .containsExactly("nobody", "main", "other");
        JsonNode alerts = get(module, "/api/v2/alerts?filter=" + encoded("test=\"" + name + "\""));
        assertThat(alerts).hasSize(2);
        JsonNode errors = get(module, "/api/v2/alerts?filter=" + encoded("alertname=\"" + alert("Errors") + "\""));
        assertThat(errors.path(0).path("status").path("state").asString()).isEqualTo("suppressed");
        assertThat(errors.path(0).path("status").path("inhibitedBy").path(0).asString())
                .isEqualTo(Story.fingerprint(alert("LedgerDown")));

        String id =
                post(module, "/api/v2/silences", silence()).path("silenceID").asString();
        assertThat(get(module, "/api/v2/silence/" + id)
                        .path("status")
                        .path("state")
                        .asString())
                .isEqualTo("active");
        assertThat(get(module, "/api/v2/alerts?silenced=false&filter=" + encoded("test=\"" + name + "\"")))
                .isEmpty();

        JsonNode incident = get(module, "/api/tocsin/incidents")
                .valueStream()
                .filter(known -> known.path("id").asString().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(incident.path("status").asString()).isEqualTo("OPEN");
        assertThat(incident.path("rootCauses").path(0).path("element").asString())
                .isEqualTo("service/" + alert("LedgerDown"));
        assertThat(incident.path("members")).hasSize(2);
        Until.value(
                () -> get(module, "/api/tocsin/notices?incident=" + name)
                        .path(0)
                        .path("state")
                        .asString(),
                "DELIVERED"::equals);
        JsonNode notice = get(module, "/api/tocsin/notices?incident=" + name).path(0);
        assertThat(notice.path("receiver").asString()).isEqualTo("main");
        assertThat(notice.path("status").asString()).isEqualTo("firing");
        assertThat(notice.path("reason").asString()).isEqualTo("FIRST_FIRING");
        JsonNode why = get(module, "/api/tocsin/why/" + Story.fingerprint(alert("Errors")));
        assertThat(why.path("routes").path(0).path("held").path("reason").asString())
                .isEqualTo("SILENCED");
    }

    private Story story() {
        return new Story(name).at(Instant.now());
    }

    /** Names are the test's own: all tests write to one log. */
    private String alert(String what) {
        return what + "Of" + Math.abs(name.hashCode());
    }

    private Map<String, String> labels() {
        return Map.of("test", name);
    }

    private RunningModule start(Path config) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", FreePorts.next());
        properties.put("tocsin.kafka.bootstrap-servers", kafka.bootstrapServers());
        properties.put("tocsin.postgres.url", database);
        properties.put("tocsin.postgres.connect-timeout", "2s");
        properties.put("tocsin.notifier.config-file", config.toString());
        RunningModule module = NotifierApplication.start(properties);
        running.add(module);
        return module;
    }

    private Path config(String more) throws Exception {
        return write(text(more));
    }

    private String text(String more) {
        return """
                route:
                  receiver: nobody
                  group_by: [alertname]
                  group_wait: 2s
                  group_interval: 1s
                  %s
                  routes:
                    - matchers: ['test = "%s"']
                      receiver: main
                receivers:
                  - name: nobody
                  - name: main
                    webhook_configs: [{url: '%s'}]
                  - name: other
                    webhook_configs: [{url: '%s'}]
                """.formatted(more, name, receiver.url("/main"), receiver.url("/other"));
    }

    private Path write(String text) throws Exception {
        Path file = Files.createTempFile(directory, "alertmanager", ".yml");
        return Files.writeString(file, text);
    }

    private String silence() {
        Instant now = Instant.now();
        return """
                {"matchers": [{"name": "test", "value": "%s", "isRegex": false, "isEqual": true}],
                 "startsAt": "%s", "endsAt": "%s", "createdBy": "me", "comment": "test"}
                """.formatted(name, now, now.plusSeconds(600));
    }

    /** Until every group of this test is over and forgotten, and every notice is delivered. */
    private void awaitSettled() throws Exception {
        String open = "SELECT (SELECT count(*) FROM notifier.notice_group WHERE receiver <> 'nobody')"
                + " + (SELECT count(*) FROM notifier.notice WHERE state = 'PENDING')";
        Until.value(() -> count(open), count -> count == 0);
    }

    private int decisions(String alert) throws SQLException {
        return count("SELECT coalesce(sum(times), 0) FROM notifier.decision WHERE '" + Story.fingerprint(alert)
                + "' = ANY(fingerprints)");
    }

    private int count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private JsonNode get(RunningModule module, String path) throws Exception {
        return send(module, HttpRequest.newBuilder().GET(), path);
    }

    private JsonNode post(RunningModule module, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(module, request, path);
    }

    private JsonNode send(RunningModule module, HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + module.port() + path);
        HttpResponse<String> response = http.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return response.body().startsWith("{") || response.body().startsWith("[")
                ? JsonMapper.shared().readTree(response.body())
                : JsonMapper.shared().createObjectNode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
