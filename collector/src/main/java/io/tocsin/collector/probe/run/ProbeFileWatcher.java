package io.tocsin.collector.probe.run;

import io.tocsin.collector.config.Problem;
import io.tocsin.collector.probe.ProbeFile;
import io.tocsin.collector.probe.file.ProbeFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on probes.yaml when its content changed. A wrong file is refused as a whole, and what was in force stays. It looks at
 * content, not at events: mounted configuration changes by links of which no event tells.
 */
final class ProbeFileWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeFileWatcher.class);

    private final Path file;
    private final Map<String, String> environment;
    private final ProbeMeters meters;
    private final Consumer<ProbeFile> taken;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("probes-file").factory());
    private String handled = "";
    private String complaint = "";

    /** @param taken told of each valid content */
    ProbeFileWatcher(Path file, Map<String, String> environment, ProbeMeters meters, Consumer<ProbeFile> taken) {
        this.file = file;
        this.environment = environment;
        this.meters = meters;
        this.taken = taken;
    }

    void start(Duration interval) {
        var _ = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            String text = Files.readString(file);
            if (!text.equals(handled)) {
                handled = text;
                read(text);
            }
            complaint = "";
        } catch (NoSuchFileException e) {
            absent();
        } catch (IOException | RuntimeException e) {
            complain(file + " cannot be read, the probes in force stay: " + e);
        }
    }

    /** A file that was there and is gone is a mistake; that there never was one only means that nobody wants probes. */
    private void absent() {
        String nothing = "there is no " + file + ": nothing is probed";
        if (!handled.isEmpty()) {
            complain("there is no " + file + " any more: the probes in force stay");
        } else if (!nothing.equals(complaint)) {
            LOG.info("{}", nothing);
            complaint = nothing;
        }
    }

    private void read(String text) {
        ProbeFileReader.Reading reading = ProbeFileReader.read(file.toString(), text, environment);
        List<Problem> problems = reading.problems();
        meters.fileValid(problems.isEmpty());
        if (problems.isEmpty()) {
            taken.accept(reading.file());
            LOG.info(
                    "{} is in force: {} probes, {} lists of expected targets",
                    file,
                    reading.file().probes().size(),
                    reading.file().expected().size());
        } else {
            problems.forEach(problem -> LOG.error("{}", problem));
            LOG.error("{} is refused as a whole, the probes in force stay: {} mistakes", file, problems.size());
        }
    }

    /** Once, not at every look. */
    private void complain(String text) {
        if (!text.equals(complaint)) {
            LOG.warn("{}", text);
            complaint = text;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
