package io.tocsin.benchmarks.converge;

import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.CallEdge;
import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.RunsOn;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.contracts.v1.TransitionReason;
import io.tocsin.rulesengine.alert.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A node under many services that call each other, and the alerts when it fails, written as the engine would. */
final class Storm implements AutoCloseable {

    static final String NODE = "node-7";

    /** The node's own alert comes after some of its services'. */
    private static final int NODE_ALERT_AFTER = 200;

    private static final int SPARE_SERVICES = 10;
    private static final long NANOS = 1_000_000_000;

    private final int services;
    private final KafkaProducer<String, byte[]> producer;
    private AtomicLongArray acknowledged = new AtomicLongArray(0);
    private double blownSeconds;

    Storm(String bootstrapServers, int services) {
        this.services = services;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Says what runs where, here and on another node, and who calls whom. */
    void placements() {
        long now = System.currentTimeMillis();
        for (int i = 0; i < services + SPARE_SERVICES; i++) {
            String node = i < services ? NODE : "node-8";
            topology(TopologyRecord.newBuilder()
                    .setRunsOn(RunsOn.newBuilder()
                            .setEnvironment(Environments.DEFAULT)
                            .setService(service(i))
                            .setNode(node)
                            .setAtMs(now)));
            topology(TopologyRecord.newBuilder()
                    .setCall(CallEdge.newBuilder()
                            .setEnvironment(Environments.DEFAULT)
                            .setCaller(service(i))
                            .setCallee(service((i * 7 + 1) % services))
                            .setAtMs(now)
                            .setWindowMs(5_000)
                            .setCalls(10)
                            .setClientSecondsSum(1)
                            .setServerSecondsSum(1)));
        }
        producer.flush();
    }

    private void topology(TopologyRecord.Builder record) {
        var _ = producer.send(new ProducerRecord<>(
                Topics.TOPOLOGY.name(), Environments.DEFAULT, record.build().toByteArray()));
    }

    private static String service(int number) {
        return String.format("service-%04d", number);
    }

    /** Writes the alerts at an even pace; returns when all are acknowledged. */
    void blow(int alerts, int seconds) {
        acknowledged = new AtomicLongArray(alerts + 1);
        long started = System.nanoTime();
        int written = 0;
        for (int i = 0; i < alerts; i++) {
            long due = started + (long) i * seconds * NANOS / alerts;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (i == Math.min(NODE_ALERT_AFTER, alerts - 1)) {
                send(written++, nodeAlert());
            }
            send(written++, serviceAlert(i));
        }
        producer.flush();
        blownSeconds = Math.round((System.nanoTime() - started) / 1e8) / 10.0;
    }

    double blownSeconds() {
        return blownSeconds;
    }

    /** When each alert was acknowledged, in the order of the log, {@link System#nanoTime}. */
    List<Long> acknowledged() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < acknowledged.length(); i++) {
            all.add(acknowledged.get(i));
        }
        return all;
    }

    private AlertTransition nodeAlert() {
        return transition(
                new TreeMap<>(Map.of("alertname", "NodeDown", "host_name", NODE, "severity", "critical")),
                TransitionReason.SERIES_MISSING);
    }

    /** The first of each service says that it is silent, the others what that does to it. */
    private AlertTransition serviceAlert(int number) {
        int rule = number / services;
        return transition(
                new TreeMap<>(Map.of(
                        "alertname",
                        rule == 0 ? "ServiceSilent" : "Symptom" + rule,
                        "service_name",
                        service(number % services),
                        "instance",
                        "i-" + rule,
                        "severity",
                        "warning")),
                rule == 0 ? TransitionReason.SERIES_MISSING : TransitionReason.THRESHOLD_CROSSED);
    }

    private static AlertTransition transition(SortedMap<String, String> labels, TransitionReason reason) {
        String rule = "storm;group/" + labels.get("alertname");
        String fingerprint = Fingerprint.of(labels);
        long now = System.currentTimeMillis();
        return AlertTransition.newBuilder()
                .setId(Fingerprint.transition(rule, fingerprint, now, io.tocsin.rulesengine.alert.AlertState.FIRING))
                .setFingerprint(fingerprint)
                .setEnvironment(Environments.DEFAULT)
                .setRule(rule)
                .setGroup("group")
                .putAllLabels(labels)
                .putAnnotations("summary", labels.get("alertname") + " since the node is away")
                .setFrom(AlertState.INACTIVE)
                .setTo(AlertState.FIRING)
                .setReason(reason)
                .setAtMs(now)
                .setFiredAtMs(now)
                .setValue(1)
                .setQuality(DataQuality.newBuilder().setCompleteness(Completeness.COMPLETE))
                .setSource("storm")
                .build();
    }

    private void send(int number, AlertTransition transition) {
        byte[] event = AlertEvent.newBuilder().setTransition(transition).build().toByteArray();
        AtomicLongArray times = acknowledged;
        var _ = producer.send(
                new ProducerRecord<>(Topics.ALERTS.name(), Environments.DEFAULT, event), (metadata, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException("an alert was not acknowledged", failure);
                    }
                    times.set(number, System.nanoTime());
                });
    }

    @Override
    public void close() {
        producer.close();
    }
}
