package io.tocsin.rulesengine.rules.apply;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Publishes rule files as the next version, as a whole or not at all.
 *
 * @param clientProperties where Kafka is
 * @param baseTick versions take effect at a multiple of this
 * @param clock tells the earliest time at which a version may take effect
 */
public record RulePublisher(Map<String, Object> clientProperties, Duration baseTick, Clock clock) {

    /** So long before it takes effect a version is in the log, so that every shard has it by then. */
    public static final Duration NOTICE = Duration.ofSeconds(30);

    private static final Duration SEND_PATIENCE = Duration.ofSeconds(30);
    private static final int HASH_DIGITS = 12;
    private static final int ATTEMPTS = 10;

    public RulePublisher {
        clientProperties = Map.copyOf(clientProperties);
    }

    /** What became of the files. */
    public sealed interface Outcome {

        /** They are in the log. */
        record Published(String version, long effectiveFromMs, List<Problem> warnings) implements Outcome {}

        /** They are the version that is in the log already. */
        record Unchanged(String version) implements Outcome {}

        /** They are wrong, and what was in force stays. */
        record Refused(List<Problem> problems) implements Outcome {}

        /** Somebody else publishes the namespace. */
        record Foreign(String namespace, RuleOwner owner) implements Outcome {

            /** What to do about it. */
            public String message() {
                return Namespaces.words(namespace) + " belongs to the owner \"" + owner.word()
                        + "\", what it published stays; to change that, apply with --take-over";
            }
        }
    }

    /**
     * Checks files and publishes them, effective after {@link #NOTICE}; the very first version takes effect at once, since
     * there is nothing that it could be mixed with. Namespaces that do not change are left as they are.
     *
     * @throws IllegalStateException when Kafka does not answer
     */
    public Outcome publish(RuleChange change) {
        RuleFiles checked = RuleFileParser.parse(change.files(), false);
        if (!checked.isValid()) {
            return new Outcome.Refused(checked.problems());
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RuleVersions.Contents contents = RuleVersions.contents(clientProperties);
            Optional<RuleSetVersion> newest = RuleVersions.newest(contents.versions());
            List<RuleFile> before = newest.map(RuleSetVersion::getFilesList).orElse(List.of());
            Optional<Outcome.Foreign> foreign = change.foreign(before);
            if (foreign.isPresent()) {
                return foreign.get();
            }
            List<RuleFile> after = change.appliedTo(before);
            if (newest.isPresent() && after.equals(before)) {
                return new Outcome.Unchanged(newest.get().getVersion());
            }
            RuleSetVersion version = version(contents, newest, after);
            send(version);
            // Somebody else may have published between the reading and the writing: then once more, on top of that.
            if (RuleVersions.read(clientProperties).containsKey(version.getVersion())) {
                return new Outcome.Published(version.getVersion(), version.getEffectiveFromMs(), checked.warnings());
            }
        }
        throw new IllegalStateException("others publish rules all the time, nothing was applied");
    }

    private RuleSetVersion version(
            RuleVersions.Contents contents, Optional<RuleSetVersion> newest, List<RuleFile> files) {
        long notice = newest.isPresent() ? NOTICE.toMillis() : 0;
        return RuleSetVersion.newBuilder()
                .setVersion(next(contents) + "-" + hash(files))
                .setBase(newest.map(RuleSetVersion::getVersion).orElse(""))
                .setEffectiveFromMs(Math.ceilDiv(clock.millis() + notice, baseTick.toMillis()) * baseTick.toMillis())
                .addAllFiles(files)
                .build();
    }

    /** A number of fixed width in front makes versions sort by age, and lets old content come back as a new version. */
    private static String next(RuleVersions.Contents contents) {
        return String.format(
                "%08d", Math.max(number(contents.last()), contents.versions().size()) + 1);
    }

    private static int number(String version) {
        int end = version.indexOf('-');
        String digits = end < 0 ? version : version.substring(0, end);
        return digits.chars().allMatch(Character::isDigit) && digits.length() == 8 ? Integer.parseInt(digits) : 0;
    }

    private static String hash(List<RuleFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (RuleFile file : files) {
                digest.update((file.getName() + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update((file.getText() + "\0").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void send(RuleSetVersion version) {
        var keys = Serdes.String().serializer();
        var values = new ProtoSerde<>(RuleSetVersion.parser()).serializer();
        try (KafkaProducer<String, RuleSetVersion> producer = new KafkaProducer<>(clientProperties, keys, values)) {
            producer.send(new ProducerRecord<>(Topics.RULES.name(), 0, version.getVersion(), version))
                    .get(SEND_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while publishing rules", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("rules could not be published: " + e, e);
        }
    }
}
