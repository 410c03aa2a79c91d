package io.tocsin.notifier.reload;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.file.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the configuration file in force when what it says changed, its files of templates included. It looks at content,
 * not at events: mounted configuration changes by links of which no event tells. Content counts once it was the same
 * twice, so that a file that is being written is not read half. A file with any problem changes nothing.
 */
public final class ConfigurationWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatcher.class);

    private final Path file;
    private final CurrentRouting current;
    private final Duration interval;
    private final InstantSource clock;
    private final ReloadMetrics metrics;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("notifier-configuration").daemon().factory());
    private AlertmanagerFile.@Nullable Result seen;
    private AlertmanagerFile.@Nullable Result handled;
    private String complaint = "";

    /** @param interval how often to look */
    public ConfigurationWatcher(
            Path file, CurrentRouting current, Duration interval, InstantSource clock, ReloadMetrics metrics) {
        this.file = file;
        this.current = current;
        this.interval = interval;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Says what is in force, and looks regularly from then on. */
    public void start() {
        begin();
        var _ = thread.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void begin() {
        metrics.inForce(clock.instant());
        LOG.info("{} is in force: {} receivers", file, current.get().receivers().size());
        try {
            AlertmanagerFile.Result result = read();
            if (result.routing().filter(current.get()::equals).isPresent()) {
                handled = result;
                result.withoutEffect().forEach(remark -> LOG.warn("{}", remark));
            }
        } catch (IOException e) {
            complain("cannot be read, the configuration in force stays: " + e);
        }
    }

    /** Looks once; a change counts when the next look finds the same. */
    synchronized void look() {
        try {
            AlertmanagerFile.Result found = read();
            boolean settled = found.equals(seen);
            seen = found;
            if (settled && !found.equals(handled)) {
                apply(found);
                handled = found;
            }
        } catch (IOException | RuntimeException e) {
            // Said once, not every interval; the next look tries again, and the configuration in force stays.
            complain("could not be put in force: " + e);
        }
    }

    /**
     * Puts the file in force now, as somebody asked for it.
     *
     * @return why it was not; empty when it was
     */
    public synchronized List<String> reload() {
        try {
            AlertmanagerFile.Result found = read();
            seen = found;
            apply(found);
            handled = found;
            return found.problems().stream().map(Problem::toString).toList();
        } catch (IOException e) {
            complain("cannot be read, the configuration in force stays: " + e);
            return List.of(complaint);
        }
    }

    private void apply(AlertmanagerFile.Result found) {
        if (found.routing().isEmpty()) {
            metrics.refused();
            found.problems().forEach(problem -> LOG.error("{}", problem));
            complain("refused as a whole, the configuration in force stays: "
                    + found.problems().size() + " problems");
            return;
        }
        Routing next = found.routing().get();
        current.put(next);
        complaint = "";
        metrics.applied(clock.instant());
        LOG.info(
                "{} is in force, as it says now: {} receivers",
                file,
                next.receivers().size());
        remarks(found.withoutEffect());
    }

    private static void remarks(List<Problem> withoutEffect) {
        withoutEffect.forEach(remark -> LOG.warn("{}", remark));
    }

    private void complain(String text) {
        if (!text.equals(complaint)) {
            LOG.error("{} {}", file, text);
            complaint = text;
        }
    }

    private AlertmanagerFile.Result read() throws IOException {
        return AlertmanagerFile.read(file, Files.readString(file));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
