package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.RuleSetVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The texts of the rules: the latest versions of tocsin.rules. */
public final class RuleIntake implements Intake {

    private static final int MOST = 20;

    private final TreeMap<Instant, RuleTexts> versions = new TreeMap<>();
    private volatile List<RuleTexts> latest = List.of();

    /**
     * One version of the rules.
     *
     * @param version its name; empty when there are no rules yet
     * @param from first tick at which it holds
     * @param files texts by name
     */
    public record RuleTexts(String version, Instant from, SequencedMap<String, String> files) {

        public RuleTexts {
            files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        }
    }

    /** The version that holds at a time, or else the first one that will. */
    public RuleTexts at(Instant now) {
        List<RuleTexts> known = latest;
        return known.reversed().stream()
                .filter(version -> !version.from().isAfter(now))
                .findFirst()
                .orElse(known.isEmpty() ? new RuleTexts("", Instant.EPOCH, new LinkedHashMap<>()) : known.getFirst());
    }

    /** The newest version, whether it holds already or not: what an edit begins with. */
    public RuleTexts newest() {
        return at(Instant.MAX);
    }

    @Override
    public Map<String, Duration> topics() {
        return Map.of(Topics.RULES.name(), EVERYTHING);
    }

    @Override
    public Outcome apply(String topic, Instant at, byte[] value) throws InvalidProtocolBufferException {
        RuleSetVersion version = RuleSetVersion.parseFrom(value);
        SequencedMap<String, String> files = new LinkedHashMap<>();
        version.getFilesList().forEach(file -> files.put(file.getName(), file.getText()));
        Instant from = Instant.ofEpochMilli(version.getEffectiveFromMs());
        versions.put(from, new RuleTexts(version.getVersion(), from, files));
        if (versions.size() > MOST) {
            versions.pollFirstEntry();
        }
        return Outcome.NEWS;
    }

    @Override
    public void publish() {
        latest = List.copyOf(versions.values());
    }
}
