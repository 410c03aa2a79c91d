package io.tocsin.standalone.doctor;

import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Kafka: whether it answers, has the topics as the contract says, and agrees with this machine about the time. */
final class KafkaChecks {

    private static final int SECONDS = 5;
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final String TIMESTAMPS = "message.timestamp.type";

    private KafkaChecks() {}

    static List<Finding> all(String bootstrapServers, Instant now) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", SECONDS * 1_000,
                "request.timeout.ms", SECONDS * 1_000);
        try (Admin admin = Admin.create(client)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .size();
            Set<String> names = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            List<Finding> findings = new ArrayList<>();
            findings.add(
                    Finding.ok("Kafka", bootstrapServers + ": " + brokers + (brokers == 1 ? " broker" : " brokers")));
            List<String> missing = Topics.ALL.stream()
                    .map(Topic::name)
                    .filter(name -> !names.contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                findings.add(Finding.fail(
                        "topics",
                        "missing: " + String.join(", ", missing),
                        "the rules engine makes them at its start, if it may"));
                return findings;
            }
            findings.add(settings(admin, brokers));
            findings.add(clock(admin, now));
            return findings;
        } catch (ExecutionException | TimeoutException e) {
            String why = e.getCause() == null
                    ? "no answer within " + SECONDS + " s"
                    : String.valueOf(e.getCause().getMessage());
            return List.of(Finding.fail(
                    "Kafka",
                    bootstrapServers + ": " + why,
                    "is it up, and reachable under the names that it advertises?"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.fail("Kafka", "interrupted", ""));
        }
    }

    private static Finding settings(Admin admin, int brokers)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource metrics = new ConfigResource(ConfigResource.Type.TOPIC, Topics.METRICS.name());
        var config = admin.describeConfigs(List.of(metrics))
                .all()
                .get(SECONDS, TimeUnit.SECONDS)
                .get(metrics);
        String timestamps = config == null || config.get(TIMESTAMPS) == null
                ? ""
                : config.get(TIMESTAMPS).value();
        int copies = admin.describeTopics(List.of(Topics.METRICS.name()))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .get(SECONDS, TimeUnit.SECONDS)
                .partitions()
                .getFirst()
                .replicas()
                .size();
        if (!timestamps.equals("LogAppendTime")) {
            return Finding.fail(
                    "topics",
                    Topics.METRICS.name() + " has " + TIMESTAMPS + "=" + timestamps,
                    "set it to LogAppendTime: time is in the log, and records with another time are dead letters");
        }
        return brokers >= 3 && copies < 3
                ? Finding.warn(
                        "topics",
                        copies + " copies on " + brokers + " brokers",
                        "an acknowledged request survives a broker with 3 copies and min.insync.replicas=2 only")
                : Finding.ok("topics", Topics.ALL.size() + " there, by the broker's time, copies: " + copies);
    }

    /** Doors are written every second, and the broker stamps them: their newest stamp is its clock. */
    private static Finding clock(Admin admin, Instant now)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicPartition doors = new TopicPartition(Topics.DOORS.name(), 0);
        long newest = admin.listOffsets(Map.of(doors, OffsetSpec.maxTimestamp()))
                .partitionResult(doors)
                .get(SECONDS, TimeUnit.SECONDS)
                .timestamp();
        return clock(newest, now);
    }

    static Finding clock(long newestMillis, Instant now) {
        if (newestMillis < 0) {
            return Finding.warn("doors", "no collector has reported yet", "start one");
        }
        Duration age = Duration.between(Instant.ofEpochMilli(newestMillis), now);
        String found = String.format(
                Locale.ROOT,
                "the newest report of a collector is %.1f s old by the broker's clock",
                age.toMillis() / 1e3);
        if (age.compareTo(FRESH) <= 0 && age.compareTo(FRESH.negated()) >= 0) {
            return Finding.ok("clocks", found);
        }
        return age.isNegative()
                ? Finding.fail("clocks", found, "the broker's clock is ahead of this machine's: let NTP keep both")
                : Finding.fail(
                        "clocks", found, "no collector runs, or the broker's clock is behind: let NTP keep both");
    }
}
