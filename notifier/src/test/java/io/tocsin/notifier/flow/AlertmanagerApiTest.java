package io.tocsin.notifier.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.AlertIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedPostgresServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.notifier.NotifierApplication;
import io.tocsin.notifier.SharedData;
import io.tocsin.notifier.Story;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import io.tocsin.runtime.RunningModule;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alertmanager's API v2 as its clients use it. */
class AlertmanagerApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgresServer postgres;
    private static IncidentLog log;
    private static RunningModule module;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(data.resolve("postgres"), 0);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        log = new IncidentLog(kafka.bootstrapServers());
        Path config = data.resolve("alertmanager.yml");
        Files.writeString(config, """
                route:
                  receiver: nobody
                  group_by: [alertname]
                  routes:
                    - {matchers: ['night = "yes"'], receiver: night, mute_time_intervals: [always]}
                time_intervals:
                  - {name: always, time_intervals: [{times: [{start_time: '00:00', end_time: '24:00'}]}]}
                inhibit_rules:
                  - {source_matchers: ['alertname = "Root"'], target_matchers: ['alertname = "Symptom"']}
                receivers:
                  - {name: nobody}
                  - {name: night}
                """);
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", FreePorts.next());
        properties.put("tocsin.kafka.bootstrap-servers", kafka.bootstrapServers());
        properties.put("tocsin.postgres.url", postgres.jdbcUrl());
        properties.put("tocsin.notifier.config-file", config.toString());
        module = NotifierApplication.start(properties);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        module.close();
        log.close();
        kafka.close();
        postgres.close();
    }

    @Test
    void everyResponseOfEveryEndpointIsAsItsOpenApiFileSays() throws Exception {
        OpenApi api = new OpenApi(SharedData.path("alertmanager/openapi.yaml"));
        log.write(new Story("openapi")
                .at(Instant.now())
                .alert("Root", State.FIRING, Disposition.ROOT, Map.of("t", "openapi"))
                .alert("Symptom", State.FIRING, Disposition.NONE, Map.of("t", "openapi"))
                .alert("Late", State.FIRING, Disposition.NONE, Map.of("t", "openapi", "night", "yes"))
                .snapshot());
        String mine = "filter=" + encoded("t=\"openapi\"");
        Until.value(() -> json(get("/api/v2/alerts?unprocessed=false&" + mine)), alerts -> alerts.size() == 3);

        String startsAt = Instant.now().toString();
        String endsAt = Instant.now().plusSeconds(600).toString();
        check(api, "post", "/alerts", post("/api/v2/alerts", """
                [{"labels": {"alertname": "Posted", "t": "openapi"}, "annotations": {"note": "é"},
                  "generatorURL": "http://prometheus/graph", "startsAt": "%s", "endsAt": "%s"},
                 {"labels": {"alertname": "PostedBare", "t": "openapi"}}]""".formatted(startsAt, endsAt)), 200);
        check(api, "post", "/alerts", post("/api/v2/alerts", "[{}]"), 400);
        check(api, "post", "/alerts", post("/api/v2/alerts", "{"), 400);

        JsonNode alerts = json(check(api, "get", "/alerts", get("/api/v2/alerts?" + mine), 200));
        assertThat(states(alerts))
                .containsOnly(
                        Map.entry("Root", "active"),
                        Map.entry("Symptom", "suppressed"),
                        Map.entry("Late", "suppressed"),
                        Map.entry("Posted", "unprocessed"),
                        Map.entry("PostedBare", "unprocessed"));
        check(api, "get", "/alerts", get("/api/v2/alerts?filter=" + encoded("=")), 400);
        JsonNode groups = json(check(api, "get", "/alerts/groups", get("/api/v2/alerts/groups?" + mine), 200));
        assertThat(groups).hasSize(5);
        check(api, "get", "/alerts/groups", get("/api/v2/alerts/groups?receiver=" + encoded("(")), 400);
        check(api, "get", "/receivers", get("/api/v2/receivers"), 200);
        check(api, "get", "/receivers", get("/api/v2/receivers?receiver_matchers=" + encoded("a=~(")), 400);
        check(api, "get", "/status", get("/api/v2/status"), 200);

        String silence = """
                {"matchers": [{"name": "alertname", "value": "Nothing.*", "isRegex": true}], "startsAt": "%s",
                 "endsAt": "%s", "createdBy": "me", "comment": "why", "annotations": {"ticket": "7"}%s}""";
        String id = json(check(
                        api,
                        "post",
                        "/silences",
                        post("/api/v2/silences", silence.formatted(startsAt, endsAt, "")),
                        200))
                .path("silenceID")
                .asString();
        check(api, "post", "/silences", post("/api/v2/silences", "{}"), 400);
        String unknown = UUID.randomUUID().toString();
        check(
                api,
                "post",
                "/silences",
                post("/api/v2/silences", silence.formatted(startsAt, endsAt, ", \"id\": \"" + unknown + "\"")),
                404);
        check(api, "get", "/silences", get("/api/v2/silences"), 200);
        check(api, "get", "/silences", get("/api/v2/silences?filter=" + encoded("=")), 400);
        JsonNode shown = json(check(api, "get", "/silence/{silenceID}", get("/api/v2/silence/" + id), 200));
        assertThat(shown.path("annotations").path("ticket").asString()).isEqualTo("7");
        check(api, "get", "/silence/{silenceID}", get("/api/v2/silence/" + unknown), 404);
        check(api, "delete", "/silence/{silenceID}", delete("/api/v2/silence/" + id), 200);
        check(api, "delete", "/silence/{silenceID}", delete("/api/v2/silence/" + unknown), 404);
        check(api, "get", "/silences", get("/api/v2/silences"), 200);
        assertThat(api.unseen()).as("documented, and never asked for").isEmpty();

        // The judge sees what is wrong.
        assertThat(api.problems("get", "/alerts", 200, "[{\"labels\": {}}]")).isNotEmpty();
        assertThat(api.problems("get", "/alerts", 200, alerts.toString().replace(startsAt.substring(0, 10), "then")))
                .isNotEmpty();
        assertThat(api.problems("get", "/alerts", 302, "")).isNotEmpty();
    }

    @Test
    void filtersShowWhatIsAskedFor() throws Exception {
        log.write(new Story("filters")
                .at(Instant.now())
                .alert("Loud", State.FIRING, Disposition.ROOT, Map.of("filters", "yes"))
                .alert("Muted", State.FIRING, Disposition.ROOT, Map.of("filters", "yes", "night", "yes"))
                .snapshot());
        String mine = "filter=" + encoded("filters=\"yes\"");
        Until.value(() -> json(get("/api/v2/alerts?" + mine)), alerts -> alerts.size() == 2);

        assertThat(states(json(get("/api/v2/alerts?active=false&" + mine)))).containsOnlyKeys("Muted");
        assertThat(states(json(get("/api/v2/alerts?receiver=ni.*&" + mine)))).containsOnlyKeys("Muted");
        assertThat(json(get("/api/v2/alerts/groups?muted=false&" + mine))).hasSize(1);
        assertThat(json(get("/api/v2/alerts?receiver_matchers=" + encoded("owner=\"x\"") + "&" + mine)))
                .isEmpty();
    }

    @Test
    void aPostedAlertIsToldWhenItBeginsAndWhenItsEndPassesAndNotInBetween() throws Exception {
        String name = "Lapses";
        String begun = Instant.now().minusSeconds(5).toString();
        for (int i = 0; i < 3; i++) {
            Instant end = Instant.now().plusMillis(1_500);
            assertThat(post("/api/v2/alerts", alert(name, begun, end)).statusCode())
                    .isEqualTo(200);
        }
        List<AlertTransition> told = Until.value(() -> transitions(name), seen -> seen.size() >= 2);

        assertThat(told).extracting(AlertTransition::getTo).containsExactly(AlertState.FIRING, AlertState.INACTIVE);
        AlertTransition first = told.getFirst();
        assertThat(first.getFingerprint())
                .isEqualTo(AlertIdentity.fingerprint(new TreeMap<>(Map.of("alertname", name))));
        assertThat(first.getFiredAtMs()).isEqualTo(Instant.parse(begun).toEpochMilli());
        assertThat(first.getSource()).isEqualTo("prometheus");
        assertThat(first.getEnvironment()).isEqualTo("default");
        assertThat(states(json(get("/api/v2/alerts")))).doesNotContainKey(name);
    }

    @Test
    void aPostedRecoveryIsToldAtOnce() throws Exception {
        String name = "Recovers";
        String begun = Instant.now().minusSeconds(5).toString();
        var _ = post("/api/v2/alerts", alert(name, begun, Instant.now().plusSeconds(600)));
        var _ = post("/api/v2/alerts", alert(name, begun, Instant.now().minusMillis(1)));

        assertThat(transitions(name))
                .extracting(AlertTransition::getTo)
                .containsExactly(AlertState.FIRING, AlertState.INACTIVE);
    }

    @Test
    void oneAlertThatCannotBeTakenKeepsNoOtherOut() throws Exception {
        HttpResponse<String> answer =
                post("/api/v2/alerts", "[{\"labels\": {\"alertname\": \"Taken\"}}, {\"labels\": {\"a\": \"\"}}]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).asString())
                .startsWith("alert 2: ")
                .contains("label");
        assertThat(transitions("Taken")).hasSize(1);
    }

    private static String alert(String name, String startsAt, Instant endsAt) {
        return """
                [{"labels": {"alertname": "%s"}, "startsAt": "%s", "endsAt": "%s"}]""".formatted(name, startsAt, endsAt);
    }

    private static List<AlertTransition> transitions(String name) throws Exception {
        List<AlertTransition> transitions = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    transitions.add(AlertEvent.parseFrom(event.value()).getTransition());
                }
            }
        }
        transitions.removeIf(
                transition -> !name.equals(transition.getLabelsMap().get("alertname")));
        return transitions;
    }

    private static Map<String, String> states(JsonNode alerts) {
        Map<String, String> states = new TreeMap<>();
        alerts.forEach(alert -> states.put(
                alert.path("labels").path("alertname").asString(),
                alert.path("status").path("state").asString()));
        return states;
    }

    private static HttpResponse<String> check(
            OpenApi api, String method, String path, HttpResponse<String> response, int status) {
        assertThat(response.statusCode())
                .as(method + " " + path + ": " + response.body())
                .isEqualTo(status);
        assertThat(api.problems(method, path, status, response.body()))
                .as(method + " " + path + " " + status + ": " + response.body())
                .isEmpty();
        return response;
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private static HttpResponse<String> delete(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Prometheus/2.42.0")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + module.port() + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
