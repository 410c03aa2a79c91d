package io.tocsin.rulesengine.recording;

import io.tocsin.contracts.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a log can be read, as often as one likes. */
public interface LogSource {

    /**
     * Begins to read some topics; compacted ones are whole.
     *
     * @throws IOException when there is nothing to be read
     */
    Log open(List<Topic> topics, Span span) throws IOException;

    /** Topics in Kafka. */
    static LogSource kafka(Map<String, Object> clientProperties) {
        return (topics, span) -> KafkaLog.open(clientProperties, topics, span);
    }

    /** A recording. */
    static LogSource file(Path file) {
        return (topics, span) -> new Part(RecordedLog.open(file), topics, span);
    }

    /** A part of another log. */
    final class Part implements Log {

        private final Log whole;
        private final Set<String> topics;
        private final Set<String> compacted;
        private final Span span;

        Part(Log whole, List<Topic> topics, Span span) {
            this.whole = whole;
            this.topics = topics.stream().map(Topic::name).collect(Collectors.toSet());
            this.compacted = topics.stream()
                    .filter(topic -> topic.cleanup() == Topic.Cleanup.COMPACT)
                    .map(Topic::name)
                    .collect(Collectors.toSet());
            this.span = span;
        }

        @Override
        public List<Source> sources() {
            return whole.sources().stream()
                    .filter(source -> topics.contains(source.topic()))
                    .toList();
        }

        @Override
        public Optional<LoggedRecord> next() {
            Optional<LoggedRecord> next = whole.next();
            while (next.isPresent() && !belongs(next.get())) {
                next = whole.next();
            }
            return next;
        }

        private boolean belongs(LoggedRecord record) {
            boolean inTime = record.timestampMs() >= span.fromMs() && record.timestampMs() <= span.toMs();
            return topics.contains(record.topic()) && (inTime || compacted.contains(record.topic()));
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
