package io.tocsin.rulesengine.rules.apply;

import io.tocsin.rulesengine.rules.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a directory's rule files when their content changed: those in it as the standard namespace, and each folder
 * as a namespace of its own, so that a mistake in one keeps only that one as it was. It looks at content, not at events:
 * mounted configuration changes by links of which no event tells. Content counts once it was the same twice, so that a file
 * that is being written is not read half.
 */
public final class RuleFileWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFileWatcher.class);

    private final Path directory;
    private final RulePublisher publisher;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tocsin-rule-files").daemon().factory());
    private final Map<String, Folder> folders = new TreeMap<>();
    private String complaint = "";

    /** One namespace. */
    private static final class Folder {
        private SequencedMap<String, String> seen = new LinkedHashMap<>();
        private SequencedMap<String, String> handled = new LinkedHashMap<>();
        private String complaint = "";
    }

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
            SortedMap<String, Path> namespaces = namespaces();
            // A folder that is gone is one without files.
            folders.keySet().forEach(name -> namespaces.putIfAbsent(name, directory.resolve(name)));
            namespaces.forEach((name, path) -> look(name, path, atStart));
            complaint = "";
        } catch (IOException | RuntimeException e) {
            // Said once, not every interval; the next look tries again, and the rules in force stay.
            String problem = "the rule files in " + directory + " cannot be read, the rules in force stay: " + e;
            if (!problem.equals(complaint)) {
                LOG.error("{}", problem);
                complaint = problem;
            }
        }
    }

    private SortedMap<String, Path> namespaces() throws IOException {
        SortedMap<String, Path> namespaces = new TreeMap<>();
        namespaces.put(Namespaces.STANDARD, directory);
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(Files::isDirectory)
                    .filter(path -> Namespaces.isValid(path.getFileName().toString()))
                    .forEach(path -> namespaces.put(path.getFileName().toString(), path));
        }
        return namespaces;
    }

    private void look(String namespace, Path path, boolean atStart) {
        Folder folder = folders.computeIfAbsent(namespace, name -> new Folder());
        try {
            SequencedMap<String, String> found = read(path);
            boolean settled = atStart || found.equals(folder.seen);
            folder.seen = found;
            if (settled && !found.equals(folder.handled)) {
                publish(namespace, folder, found);
                folder.handled = found;
            }
        } catch (IOException | RuntimeException e) {
            // Said once, not every interval; the next look tries again, and the rules in force stay.
            complain(folder, "rule files in " + path + " could not be published, the rules in force stay: " + e);
        }
    }

    private void publish(String namespace, Folder folder, SequencedMap<String, String> files) {
        if (files.isEmpty()) {
            complain(
                    folder,
                    "no more rule files of " + Namespaces.words(namespace) + " in " + directory
                            + "; the rules in force stay (a file with \"groups: []\" removes them)");
            return;
        }
        switch (publisher.publish(RuleChange.of(RuleOwner.FILE, namespace, files, false))) {
            case RulePublisher.Outcome.Published published -> {
                folder.complaint = "";
                LOG.info(
                        "published rules {} from {} files of {}, effective from {}",
                        published.version(),
                        files.size(),
                        Namespaces.words(namespace),
                        Instant.ofEpochMilli(published.effectiveFromMs()));
                published.warnings().forEach(warning -> LOG.warn("{}", warning));
            }
            case RulePublisher.Outcome.Unchanged unchanged -> {
                folder.complaint = "";
                LOG.info(
                        "rule files of {} are in version {} already", Namespaces.words(namespace), unchanged.version());
            }
            case RulePublisher.Outcome.Refused refused -> {
                refused.problems().stream().filter(Problem::isError).forEach(problem -> LOG.error("{}", problem));
                complain(
                        folder,
                        "rule files of " + Namespaces.words(namespace)
                                + " refused as a whole, the rules in force stay: "
                                + refused.problems().stream()
                                        .filter(Problem::isError)
                                        .count() + " errors");
            }
            case RulePublisher.Outcome.Foreign foreign ->
                complain(folder, "rule files in " + directory + " were not published: " + foreign.message());
        }
    }

    private static void complain(Folder folder, String text) {
        if (!text.equals(folder.complaint)) {
            LOG.error("{}", text);
            folder.complaint = text;
        }
    }

    private static SequencedMap<String, String> read(Path folder) throws IOException {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            return texts;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file :
                    entries.filter(RuleFileWatcher::isRuleFile).sorted().toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
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
