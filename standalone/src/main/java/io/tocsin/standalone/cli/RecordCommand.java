package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.recording.KafkaLog;
import io.tocsin.rulesengine.recording.Recording;
import io.tocsin.rulesengine.recording.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tocsin record}. */
@Command(
        name = "record",
        description =
                "Writes telemetry, rules and alerts of a span of time to a file: for rules backtest, tests, bug reports.",
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file to be written.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private Path file;

    @Mixin
    private final SpanOptions times = new SpanOptions();

    @Mixin
    private final KafkaAddress kafka = new KafkaAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        Span span = times.span(Instant.now());
        Recording recording = write(span);
        output.print(data(recording), () -> print(recording));
        return recording.lastMs() == Long.MIN_VALUE ? Report.FINDINGS : Report.OK;
    }

    private Recording write(Span span) {
        try (KafkaLog log = KafkaLog.open(kafka.clientProperties(), Recording.STANDARD_TOPICS, span)) {
            if (log.sources().isEmpty()) {
                throw new UserError("the Kafka at " + kafka.bootstrapServers() + " has none of Tocsin's topics");
            }
            return Recording.write(log, span, file);
        } catch (KafkaException e) {
            throw new UserError("the Kafka at " + kafka.bootstrapServers() + " cannot be read: " + e.getMessage()
                    + "; start an instance with ./tocsin up, or name its --data directory or --port-offset");
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e);
        }
    }

    private Map<String, Object> data(Recording recording) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", file.toString());
        data.put("bytes", recording.bytes());
        if (recording.lastMs() != Long.MIN_VALUE) {
            data.put("from", Instant.ofEpochMilli(recording.firstMs()).toString());
            data.put("to", Instant.ofEpochMilli(recording.lastMs()).toString());
        }
        data.put("records", new TreeMap<>(recording.records()));
        return data;
    }

    private void print(Recording recording) {
        TextTable table = new TextTable("TOPIC", "RECORDS");
        new TreeMap<>(recording.records()).forEach(table::row);
        System.out.println(table);
        System.out.println(
                recording.lastMs() == Long.MIN_VALUE
                        ? file + ": nothing was recorded in that time"
                        : String.format(
                                "%s: %,d bytes, from %s to %s",
                                file,
                                recording.bytes(),
                                Instant.ofEpochMilli(recording.firstMs()),
                                Instant.ofEpochMilli(recording.lastMs())));
    }
}
