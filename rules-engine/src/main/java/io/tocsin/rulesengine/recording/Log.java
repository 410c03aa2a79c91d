package io.tocsin.rulesengine.recording;

import io.tocsin.contracts.Topic;
import java.util.List;
import java.util.Optional;

/**
 * Some topics over a span of time, read once from the beginning to the end. Records come in the order of their timestamps over all
 * partitions, and in that of their offsets within each.
 */
public interface Log extends AutoCloseable {

    /** A topic that is in the log, with its number of partitions. */
    record Source(String topic, int partitions) {}

    /** What is in it, whether there are records or not. */
    List<Source> sources();

    /** The next record, empty at the end. */
    Optional<LoggedRecord> next();

    /** The partitions of a topic, 0 when it is not in the log. */
    default int partitions(Topic topic) {
        return sources().stream()
                .filter(source -> source.topic().equals(topic.name()))
                .mapToInt(Source::partitions)
                .findFirst()
                .orElse(0);
    }

    @Override
    void close();
}
