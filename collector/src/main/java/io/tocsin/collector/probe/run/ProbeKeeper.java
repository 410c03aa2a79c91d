package io.tocsin.collector.probe.run;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.discover.source.TargetFinder;
import io.tocsin.collector.probe.Plan;
import io.tocsin.collector.probe.ProbeFile;
import io.tocsin.collector.probe.ProbeMetrics;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the probes going as the file and the sources of targets say, and says which targets are expected. */
@Context
@Requires(property = "tocsin.collector.probes.file")
final class ProbeKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeKeeper.class);
    private static final Duration EXPECTED_EVERY = Duration.ofSeconds(15);

    private final String collector;
    private final Outlet outlet;
    private final ProbeMeters meters;
    private final Clock clock = Clock.systemUTC();
    private final ProbeRunner runner;
    private final TargetKeeper targets;
    private final ProbeFileWatcher watcher;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("expected-targets").factory());
    private volatile ProbeFile file = ProbeFile.EMPTY;
    private volatile Plan plan = new Plan(List.of(), List.of(), List.of());

    ProbeKeeper(CollectorSettings collector, ProbeSettings settings, Outlet outlet, ProbeMeters meters) {
        this.collector = collector.id();
        this.outlet = outlet;
        this.meters = meters;
        Path directory = settings.file().toAbsolutePath().getParent();
        Path base = directory == null ? Path.of("") : directory;
        runner = new ProbeRunner(check -> Probers.of(check, clock), outlet, meters, clock, settings.concurrency());
        targets = new TargetKeeper(discovery -> TargetFinder.of(discovery, base), meters, this::replan);
        watcher = new ProbeFileWatcher(settings.file(), System.getenv(), meters, this::take);
        watcher.start(settings.reload());
        var _ = alarm.scheduleAtFixedRate(
                this::sayExpected, EXPECTED_EVERY.toMillis(), EXPECTED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take(ProbeFile valid) {
        file = valid;
        targets.apply(valid.discoveries());
        replan();
        sayExpected();
    }

    private synchronized void replan() {
        Plan next = Plan.of(file, targets.found());
        meters.planned(
                next.targets().size(), next.expected().size(), next.unusable().size());
        if (!next.unusable().equals(plan.unusable())) {
            next.unusable().forEach(text -> LOG.warn("a target cannot be used: {}", text));
        }
        plan = next;
        runner.apply(next.targets(), prober());
    }

    private void sayExpected() {
        List<Map<String, String>> expected = plan.expected();
        if (expected.isEmpty()) {
            return;
        }
        var _ = outlet.send(ProbeMetrics.ofExpected(expected, prober(), clock.instant()))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        meters.lost();
                    }
                });
    }

    private String prober() {
        return file.prober().orElse(collector);
    }

    @PreDestroy
    void close() {
        watcher.close();
        targets.close();
        runner.close();
        alarm.shutdownNow();
    }
}
