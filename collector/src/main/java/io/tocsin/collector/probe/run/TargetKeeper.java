package io.tocsin.collector.probe.run;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import io.tocsin.collector.discover.source.TargetFinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each source at its own interval, and tells when what they say has changed. */
final class TargetKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetKeeper.class);

    private final Function<Discovery, TargetFinder> finders;
    private final ProbeMeters meters;
    private final Runnable changed;
    private final Map<Discovery, List<Discovered>> found = new ConcurrentHashMap<>();
    private final Map<Discovery, Source> sources = new HashMap<>();
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("discovery-schedule").factory());
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("discovery-", 0).factory());

    /** @param changed told when a source says something new */
    TargetKeeper(Function<Discovery, TargetFinder> finders, ProbeMeters meters, Runnable changed) {
        this.finders = finders;
        this.meters = meters;
        this.changed = changed;
    }

    /** What the sources said last. */
    Map<Discovery, List<Discovered>> found() {
        return Map.copyOf(found);
    }

    /** Makes these the sources. What one that stays has said is kept. */
    synchronized void apply(Set<Discovery> discoveries) {
        sources.keySet().stream()
                .filter(old -> !discoveries.contains(old))
                .toList()
                .forEach(this::drop);
        for (Discovery discovery : discoveries) {
            if (!sources.containsKey(discovery)) {
                Source source = new Source(discovery, finders.apply(discovery));
                sources.put(discovery, source);
                workers.execute(source::ask);
            }
        }
    }

    private void drop(Discovery discovery) {
        Source source = sources.remove(discovery);
        if (source != null) {
            source.stopped = true;
        }
        found.remove(discovery);
    }

    private synchronized boolean keep(Source source, List<Discovered> targets) {
        return !source.stopped && !targets.equals(found.put(source.discovery, targets));
    }

    @Override
    public synchronized void close() {
        sources.values().forEach(source -> source.stopped = true);
        alarm.shutdownNow();
        workers.shutdownNow();
    }

    /** One source, for as long as it is one. */
    private final class Source {
        private final Discovery discovery;
        private final TargetFinder finder;
        private volatile boolean stopped;
        private String complaint = "";

        Source(Discovery discovery, TargetFinder finder) {
            this.discovery = discovery;
            this.finder = finder;
        }

        private void ask() {
            try {
                List<Discovered> targets = finder.find();
                complaint = "";
                if (keep(this, targets)) {
                    changed.run();
                }
            } catch (DiscoveryException | RuntimeException e) {
                complain(e);
            }
            askAgain();
        }

        private void askAgain() {
            if (stopped) {
                return;
            }
            try {
                var _ = alarm.schedule(
                        () -> workers.execute(this::ask), discovery.refresh().toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("{} is not asked again: the prober stops", discovery.kind());
            }
        }

        private void complain(Exception failure) {
            meters.discoveryFailed(discovery.kind());
            String text = String.valueOf(failure.getMessage());
            if (!text.equals(complaint)) {
                LOG.warn("targets of {} are as they were: {}", discovery.kind(), text);
                complaint = text;
            }
        }
    }
}
