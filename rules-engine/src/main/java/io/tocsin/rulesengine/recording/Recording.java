package io.tocsin.rulesengine.recording;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.ByteString;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.RecordedField;
import io.tocsin.contracts.v1.RecordedRecord;
import io.tocsin.contracts.v1.RecordedTopic;
import io.tocsin.contracts.v1.RecordingEnd;
import io.tocsin.contracts.v1.RecordingEntry;
import io.tocsin.contracts.v1.RecordingHeader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;

/**
 * Writes topics to a file: see {@code recording.proto}.
 *
 * @param records how many there are, by topic
 * @param bytes of the file
 * @param firstMs time of the first record that came by time; {@link Long#MAX_VALUE} for none
 * @param lastMs time of the last one; {@link Long#MIN_VALUE} for none
 */
public record Recording(Map<String, Long> records, long bytes, long firstMs, long lastMs) {

    /** What the engine reads, what it was told, and what it said. */
    public static final List<Topic> STANDARD_TOPICS =
            List.of(Topics.RULES, Topics.METRICS, Topics.SPANS, Topics.LOGS, Topics.DOORS, Topics.ALERTS);

    static final int FORMAT = 1;
    private static final int BUFFER = 1 << 16;

    public Recording {
        records = Map.copyOf(records);
    }

    /**
     * Writes a log to a file, as a whole or not at all.
     *
     * @param span what the log was asked for, for those who read the file
     * @throws IOException when the file cannot be written
     */
    public static Recording write(Log log, Span span, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Counts counts = new Counts();
            try (OutputStream out =
                    new ZstdOutputStream(new BufferedOutputStream(Files.newOutputStream(part), BUFFER))) {
                write(log, span, new BufferedOutputStream(out, BUFFER), counts);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return new Recording(counts.records, Files.size(file), counts.firstMs, counts.lastMs);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static final class Counts {
        private final Map<String, Long> records = new TreeMap<>();
        private long firstMs = Long.MAX_VALUE;
        private long lastMs = Long.MIN_VALUE;

        void count(LoggedRecord record) {
            records.merge(record.topic(), 1L, Long::sum);
            // Rules are whole, and may be far older than what was asked for.
            if (!record.topic().equals(Topics.RULES.name())) {
                firstMs = Math.min(firstMs, record.timestampMs());
                lastMs = Math.max(lastMs, record.timestampMs());
            }
        }
    }

    private static void write(Log log, Span span, OutputStream out, Counts counts) throws IOException {
        Map<String, Integer> topics = new LinkedHashMap<>();
        log.sources().forEach(source -> topics.put(source.topic(), topics.size()));
        header(log, span).writeDelimitedTo(out);
        long records = 0;
        for (Optional<LoggedRecord> next = log.next(); next.isPresent(); next = log.next()) {
            LoggedRecord record = next.get();
            entry(record, Objects.requireNonNull(topics.get(record.topic()))).writeDelimitedTo(out);
            counts.count(record);
            records++;
        }
        RecordingEntry.newBuilder()
                .setEnd(RecordingEnd.newBuilder().setRecords(records))
                .build()
                .writeDelimitedTo(out);
        out.flush();
    }

    private static RecordingEntry header(Log log, Span span) {
        RecordingHeader.Builder header = RecordingHeader.newBuilder()
                .setFormat(FORMAT)
                .setFromMs(span.isOpenBefore() ? 0 : span.fromMs())
                .setToMs(span.isOpenAfter() ? 0 : span.toMs());
        log.sources()
                .forEach(source -> header.addTopics(
                        RecordedTopic.newBuilder().setName(source.topic()).setPartitions(source.partitions())));
        return RecordingEntry.newBuilder().setHeader(header).build();
    }

    private static RecordingEntry entry(LoggedRecord record, int topic) {
        RecordedRecord.Builder entry = RecordedRecord.newBuilder()
                .setTopic(topic)
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setTimestampMs(record.timestampMs())
                .setArrivalTime(record.arrivalTime());
        if (record.key() != null) {
            entry.setKey(ByteString.copyFrom(record.key()));
        }
        if (record.value() != null) {
            entry.setValue(ByteString.copyFrom(record.value()));
        }
        for (Header header : record.headers()) {
            RecordedField.Builder field = RecordedField.newBuilder().setName(header.key());
            if (header.value() != null) {
                field.setValue(ByteString.copyFrom(header.value()));
            }
            entry.addHeaders(field);
        }
        return RecordingEntry.newBuilder().setRecord(entry).build();
    }
}
