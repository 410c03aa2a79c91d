package io.tocsin.console;

import com.google.protobuf.MessageLite;
import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.CallEdge;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.Member;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.contracts.v1.TimelineEntry;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.contracts.v1.TransitionReason;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.runtime.RunningModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A console with a real broker and a small notifier of the test's own. */
final class Surroundings implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeModule engine = new FakeModule();
    private final FakeModule notifier = new FakeModule();
    private final FakeModule selfheal = new FakeModule();
    private final RunningModule console;

    Surroundings(Path data) throws IOException {
        this(data, Map.of());
    }

    Surroundings(Path data, Map<String, Object> properties) throws IOException {
        kafka = EmbeddedKafka.start(data, 0);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        notifier.says("/api/tocsin/notices", "[]").says("/api/v2/alerts", "[]").says("/api/v2/silences", "[]");
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                -1,
                "tocsin.kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "tocsin.console.query-url",
                engine.address(),
                "tocsin.console.notifier-url",
                notifier.address(),
                "tocsin.console.selfheal-url",
                selfheal.address()));
        all.putAll(properties);
        console = ConsoleApplication.start(all);
    }

    FakeModule engine() {
        return engine;
    }

    FakeModule notifier() {
        return notifier;
    }

    FakeModule selfheal() {
        return selfheal;
    }

    String address(String path) {
        return "http://127.0.0.1:" + console.port() + path;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address(path))).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The notifier's answer about notices from now on. */
    void notifierSays(int status, String body) {
        notifier.says("GET", "/api/tocsin/notices", status, body);
    }

    void publish(Topic topic, String key, MessageLite message) {
        var _ = producer.send(
                new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), message.toByteArray()));
        producer.flush();
    }

    void publish(AlertTransition transition) {
        var _ = producer.send(new ProducerRecord<>(
                Topics.ALERTS.name(),
                Environments.key(transition.getEnvironment()),
                AlertEvent.newBuilder().setTransition(transition).build().toByteArray()));
        producer.flush();
    }

    void publish(IncidentSnapshot snapshot) {
        var _ = producer.send(new ProducerRecord<>(
                Topics.INCIDENTS.name(), Environments.key(snapshot.getEnvironment()), snapshot.toByteArray()));
        producer.flush();
    }

    void publishUnreadableIncident() {
        var _ = producer.send(
                new ProducerRecord<>(Topics.INCIDENTS.name(), Environments.key("default"), new byte[] {1, 2, 3}));
        producer.flush();
    }

    void publish(RemediationEvent event) {
        var _ = producer.send(new ProducerRecord<>(
                Topics.REMEDIATIONS.name(), Environments.key(event.getEnvironment()), event.toByteArray()));
        producer.flush();
    }

    static IncidentSnapshot.Builder ledgerFails(long revision) {
        long now = Instant.now().toEpochMilli();
        return IncidentSnapshot.newBuilder()
                .setId("inc-7f3a")
                .setEnvironment("production")
                .setStatus(IncidentStatus.OPEN)
                .setRevision(revision)
                .setOpenedAtMs(now - 95_000)
                .setAtMs(now)
                .setTitle("ledger stopped reporting; checkout and storefront fail")
                .setSeverity("page")
                .addRootCauses(RankedElement.newBuilder()
                        .setElement("ledger")
                        .setScore(7.5)
                        .addEvidence("it is away, not just doing badly: ServiceDown")
                        .addEvidence("what depends on it fails: checkout calls ledger"))
                .addRootCauses(RankedElement.newBuilder()
                        .setElement("checkout")
                        .setScore(0.5)
                        .addEvidence("it depends on what fails too: ledger"))
                .addMembers(member("ServiceDown", "ledger", Disposition.ROOT, now - 95_000))
                .addMembers(member("HighErrorRate", "checkout", Disposition.SYMPTOM, now - 91_000))
                .addMembers(member("HighErrorRate", "storefront", Disposition.SYMPTOM, now - 90_000))
                .addTimeline(TimelineEntry.newBuilder().setAtMs(now - 95_000).setWhat("opened: ServiceDown on ledger"))
                .addTimeline(TimelineEntry.newBuilder().setAtMs(now - 90_000).setWhat("joined: checkout, storefront"));
    }

    /** A change of state of an alert of the incident, so many seconds ago. */
    static AlertTransition.Builder transition(
            String alert, String element, AlertState from, AlertState to, TransitionReason reason, int secondsAgo) {
        return AlertTransition.newBuilder()
                .setId(alert + element + to + secondsAgo)
                .setFingerprint(Integer.toHexString((alert + element).hashCode()))
                .setEnvironment("production")
                .setRule("shop/" + alert)
                .setGroup("shop")
                .putLabels("alertname", alert)
                .putLabels("service_name", element)
                .putLabels("severity", "page")
                .putAnnotations("summary", alert + " at <" + element + ">")
                .setFrom(from)
                .setTo(to)
                .setReason(reason)
                .setAtMs(Instant.now().minusSeconds(secondsAgo).toEpochMilli())
                .setValue(0.731)
                .setExpr("rate(errors_total[1m]) > 0.5")
                .setSource("tocsin");
    }

    static TopologyRecord calls(String caller, String callee, long calls, long errors) {
        return TopologyRecord.newBuilder()
                .setCall(CallEdge.newBuilder()
                        .setEnvironment("production")
                        .setCaller(caller)
                        .setCallee(callee)
                        .setAtMs(Instant.now().minusSeconds(5).toEpochMilli())
                        .setWindowMs(60_000)
                        .setCalls(calls)
                        .setClientErrors(errors)
                        .setClientSecondsSum(calls * 0.012))
                .build();
    }

    static RemediationEvent repair(String id, RemediationEvent.Phase phase, String detail) {
        return RemediationEvent.newBuilder()
                .setId(id)
                .setRunId("run-1")
                .setIncidentId("inc-7f3a")
                .setEnvironment("production")
                .setPlaybook("restart-service")
                .setTarget("ledger")
                .setPhase(phase)
                .setDetail(detail)
                .setAtMs(Instant.now().toEpochMilli())
                .setAttempt(1)
                .build();
    }

    static String delivered() {
        return """
                [{"id":"k1","receiver":"on-call","integration":"webhook","reason":"NEW_GROUP","status":"firing",
                  "incidents":["inc-7f3a"],"state":"DELIVERED","attempts":1,"createdAt":"%s","finishedAt":null,
                  "lastOutcome":"200","unknownToThisVersion":true}]""".formatted(Instant.now());
    }

    private static Member member(String alert, String element, Disposition disposition, long startsAtMs) {
        return Member.newBuilder()
                .setFingerprint(Integer.toHexString((alert + element).hashCode()))
                .putLabels("alertname", alert)
                .putLabels("service_name", element)
                .putLabels("severity", "page")
                .putAnnotations("summary", alert + " at <" + element + ">")
                .setState(AlertState.FIRING)
                .setDisposition(disposition)
                .setBecause(disposition == Disposition.ROOT ? "ledger is the likeliest cause" : "it depends on ledger")
                .setStartsAtMs(startsAtMs)
                .setValue(0.731)
                .setElement(element)
                .setRule("shop/" + alert)
                .build();
    }

    @Override
    public void close() {
        console.close();
        engine.close();
        notifier.close();
        selfheal.close();
        producer.close();
        http.close();
        kafka.close();
    }
}
