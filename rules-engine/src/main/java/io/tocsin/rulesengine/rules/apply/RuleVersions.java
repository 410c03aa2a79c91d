package io.tocsin.rulesengine.rules.apply;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;

/** All versions of the rules in their topic. */
public final class RuleVersions {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.RULES.name(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    private RuleVersions() {}

    /**
     * What the topic holds.
     *
     * @param versions those that count, by version, ascending
     * @param last the greatest name of any
     */
    record Contents(NavigableMap<String, RuleSetVersion> versions, String last) {}

    /**
     * Reads the topic from its beginning to the end that it has now.
     *
     * @param clientProperties where Kafka is
     * @return those that count, by version, ascending
     * @throws IllegalStateException when the end is not reached within half a minute
     */
    public static NavigableMap<String, RuleSetVersion> read(Map<String, Object> clientProperties) {
        return contents(clientProperties).versions();
    }

    static Contents contents(Map<String, Object> clientProperties) {
        var keys = Serdes.String().deserializer();
        var values = new ProtoSerde<>(RuleSetVersion.parser()).deserializer();
        NavigableMap<String, RuleSetVersion> versions = new TreeMap<>();
        RuleChain chain = new RuleChain();
        String last = "";
        try (KafkaConsumer<String, RuleSetVersion> consumer = new KafkaConsumer<>(clientProperties, keys, values)) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(PARTITION) < end) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the rules topic could not be read up to offset " + end);
                }
                for (ConsumerRecord<String, RuleSetVersion> record : consumer.poll(POLL)) {
                    if (record.value() == null) {
                        continue;
                    }
                    last = record.key().compareTo(last) > 0 ? record.key() : last;
                    if (chain.accepts(record.value())) {
                        versions.put(record.key(), record.value());
                    }
                }
            }
            return new Contents(versions, last);
        }
    }

    /** The newest version. */
    public static Optional<RuleSetVersion> newest(NavigableMap<String, RuleSetVersion> versions) {
        return Optional.ofNullable(versions.lastEntry()).map(Map.Entry::getValue);
    }

    /** The files of a version, by name. */
    public static SequencedMap<String, String> texts(RuleSetVersion version) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (RuleFile file : version.getFilesList()) {
            texts.put(file.getName(), file.getText());
        }
        return texts;
    }

    /** The files of one namespace of a version, by name. */
    public static SequencedMap<String, String> texts(RuleSetVersion version, String namespace) {
        SequencedMap<String, String> texts = texts(version);
        texts.keySet().removeIf(name -> !Namespaces.of(name).equals(namespace));
        return texts;
    }
}
