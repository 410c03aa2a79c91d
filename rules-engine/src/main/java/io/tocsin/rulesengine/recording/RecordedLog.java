package io.tocsin.rulesengine.recording;

import com.github.luben.zstd.ZstdInputStream;
import io.tocsin.contracts.v1.RecordedField;
import io.tocsin.contracts.v1.RecordedRecord;
import io.tocsin.contracts.v1.RecordedTopic;
import io.tocsin.contracts.v1.RecordingEntry;
import io.tocsin.contracts.v1.RecordingHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Topics as a file has them. */
public final class RecordedLog implements Log {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final RecordingHeader header;
    private long records;
    private boolean ended;

    private RecordedLog(Path file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        RecordingEntry first = entry();
        if (!first.hasHeader()) {
            throw new IOException(file + " is no recording");
        }
        this.header = first.getHeader();
        if (header.getFormat() != Recording.FORMAT) {
            throw new IOException(file + " is a recording of format " + header.getFormat() + ", this version reads "
                    + Recording.FORMAT);
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException when it cannot be read, is no recording, or one of a newer format
     */
    public static RecordedLog open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return new RecordedLog(file, new BufferedInputStream(new ZstdInputStream(raw), BUFFER));
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private RecordingEntry entry() throws IOException {
        RecordingEntry entry;
        try {
            entry = RecordingEntry.parseDelimitedFrom(in);
        } catch (IOException e) {
            throw new IOException(damage(), e);
        }
        if (entry == null) {
            throw new IOException(damage());
        }
        return entry;
    }

    private String damage() {
        return file + " is no recording, or was cut short or damaged after " + records + " records";
    }

    @Override
    public List<Source> sources() {
        return header.getTopicsList().stream()
                .map(topic -> new Source(topic.getName(), topic.getPartitions()))
                .toList();
    }

    /** @throws UncheckedIOException when the file is damaged or was cut short */
    @Override
    public Optional<LoggedRecord> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            RecordingEntry entry = entry();
            if (entry.hasRecord()) {
                records++;
                return Optional.of(logged(entry.getRecord()));
            }
            if (!entry.hasEnd() || entry.getEnd().getRecords() != records || goesOn()) {
                throw new IOException(damage());
            }
            ended = true;
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reading on tells whether the compressed data is whole, too. */
    private boolean goesOn() throws IOException {
        try {
            return in.read() >= 0;
        } catch (IOException e) {
            throw new IOException(damage(), e);
        }
    }

    private LoggedRecord logged(RecordedRecord record) throws IOException {
        if (record.getTopic() >= header.getTopicsCount()) {
            throw new IOException(file + " is damaged: a record of topic " + record.getTopic());
        }
        RecordedTopic topic = header.getTopics(record.getTopic());
        return new LoggedRecord(
                topic.getName(),
                record.getPartition(),
                record.getOffset(),
                record.getTimestampMs(),
                record.getArrivalTime(),
                record.hasKey() ? record.getKey().toByteArray() : null,
                record.hasValue() ? record.getValue().toByteArray() : null,
                record.getHeadersList().stream().map(RecordedLog::header).toList());
    }

    @SuppressWarnings("NullAway") // A header may have no value; Kafka's types do not say so.
    private static Header header(RecordedField field) {
        return new RecordHeader(
                field.getName(), field.hasValue() ? field.getValue().toByteArray() : null);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
