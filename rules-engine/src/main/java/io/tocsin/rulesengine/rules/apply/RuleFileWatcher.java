package io.tocsin.rulesengine.rules.apply;

import io.tocsin.rulesengine.rules.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a directory's rule files when their content changed. It looks at content, not at events: mounted
 * configuration changes by links of which no event tells. Content counts once it was the same twice, so that a file that is
 * being written is not read half.
 */
public final class RuleFileWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFileWatcher.class);

    private final Path directory;
    private final RulePublisher publisher;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tocsin-rule-files").daemon().factory());
    private SequencedMap<String, String> seen = new LinkedHashMap<>();
    private SequencedMap<String, String> handled = new LinkedHashMap<>();
    private String complaint = "";

    /** @param interval how often to look */
    public RuleFileWatcher(Path directory, RulePublisher publisher, Duration interval) {
        this.directory = directory;
        this.publisher = publisher;
        this.interval = interval;
    }

    /** Looks at once, and then regularly. */
    public void start() {
        thread.execute(() -> look(true));
        var _ = thread.scheduleWithFixedDelay(
                () -> look(false), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(boolean atStart) {
        try {
            SequencedMap<String, String> found = read();
            boolean settled = atStart || found.equals(seen);
            seen = found;
            if (settled && !found.equals(handled)) {
                publish(found);
                handled = found;
            }
        } catch (IOException | RuntimeException e) {
            // Said once, not every interval; the next look tries again, and the rules in force stay.
            complain("rule files in " + directory + " could not be published, the rules in force stay: " + e);
        }
    }

    private void publish(SequencedMap<String, String> files) {
        if (files.isEmpty()) {
            complain("no rule files in " + directory
                    + "; the rules in force stay (a file with \"groups: []\" removes them)");
            return;
        }
        switch (publisher.publish(files)) {
            case RulePublisher.Outcome.Published published -> {
                complaint = "";
                LOG.info(
                        "published rules {} from {} files, effective from {}",
                        published.version(),
                        files.size(),
                        java.time.Instant.ofEpochMilli(published.effectiveFromMs()));
                published.warnings().forEach(warning -> LOG.warn("{}", warning));
            }
            case RulePublisher.Outcome.Unchanged unchanged -> {
                complaint = "";
                LOG.info("rule files are version {} already", unchanged.version());
            }
            case RulePublisher.Outcome.Refused refused -> {
                refused.problems().stream().filter(Problem::isError).forEach(problem -> LOG.error("{}", problem));
                complain("rule files refused as a whole, the rules in force stay: "
                        + refused.problems().stream().filter(Problem::isError).count() + " errors");
            }
        }
    }

    private void complain(String text) {
        if (!text.equals(complaint)) {
            LOG.error("{}", text);
            complaint = text;
        }
    }

    private SequencedMap<String, String> read() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files =
                    entries.filter(RuleFileWatcher::isRuleFile).sorted().toList();
            SequencedMap<String, String> texts = new LinkedHashMap<>();
            for (Path file : files) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
            return texts;
        }
    }

    private static boolean isRuleFile(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && Files.isRegularFile(path);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
