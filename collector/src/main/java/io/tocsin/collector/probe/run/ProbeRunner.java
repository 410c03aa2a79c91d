package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.ProbeMetrics;
import io.tocsin.collector.probe.ProbeTarget;
import io.tocsin.collector.probe.Schedule;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import io.tocsin.collector.probe.run.ProbeMeters.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the probes of a plan, each target at its own times, so many at a time. A target is never probed twice at once. */
final class ProbeRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);
    // Beyond the timeout that the prober keeps itself: for what no timeout reaches, as a resolver of the system.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Function<Check, Prober> probers;
    private final Outlet outlet;
    private final ProbeMeters meters;
    private final Clock clock;
    private final Semaphore room;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("probe-schedule").factory());
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("probe-", 0).factory());
    private final Map<ProbeTarget.Key, Job> jobs = new HashMap<>();

    /** @param concurrency most runs at a time */
    ProbeRunner(Function<Check, Prober> probers, Outlet outlet, ProbeMeters meters, Clock clock, int concurrency) {
        this.probers = probers;
        this.outlet = outlet;
        this.meters = meters;
        this.clock = clock;
        this.room = new Semaphore(concurrency);
    }

    /**
     * Makes these the targets. One that stays as it was goes on undisturbed.
     *
     * @param name of this prober
     */
    synchronized void apply(List<ProbeTarget> targets, String name) {
        Map<ProbeTarget.Key, Job> before = new HashMap<>(jobs);
        jobs.clear();
        for (ProbeTarget target : targets) {
            Job old = before.get(target.key());
            if (old != null && old.target.equals(target) && old.name.equals(name)) {
                jobs.put(target.key(), old);
                before.remove(target.key());
            } else {
                Job job = new Job(target, name, probers.apply(target.probe().check()));
                jobs.put(target.key(), job);
                job.scheduleNext();
            }
        }
        before.values().forEach(Job::stop);
    }

    @Override
    public synchronized void close() {
        jobs.values().forEach(Job::stop);
        jobs.clear();
        alarm.shutdownNow();
        workers.shutdownNow();
    }

    /** One target, for as long as it is one. */
    private final class Job {
        private final ProbeTarget target;
        private final String name;
        private final Prober prober;
        private volatile boolean stopped;
        private @Nullable Verdict last;

        Job(ProbeTarget target, String name, Prober prober) {
            this.target = target;
            this.name = name;
            this.prober = prober;
        }

        void stop() {
            stopped = true;
        }

        void scheduleNext() {
            Instant now = clock.instant();
            String key = name + ' ' + target.key();
            Duration wait =
                    Duration.between(now, Schedule.next(key, target.probe().every(), now));
            try {
                var _ = alarm.schedule(() -> workers.execute(this::run), wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("{} is not scheduled again: the prober stops", target.key());
            }
        }

        private void run() {
            if (stopped) {
                return;
            }
            try {
                if (room.tryAcquire(target.probe().every().toMillis(), TimeUnit.MILLISECONDS)) {
                    runOnce();
                } else {
                    meters.skipped();
                }
                scheduleNext();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void runOnce() throws InterruptedException {
            Duration timeout = target.probe().timeout();
            long begin = System.nanoTime();
            Future<Outcome> running = workers.submit(() -> {
                try {
                    return prober.probe(target.address(), Deadline.in(timeout));
                } finally {
                    // Not before: what hangs takes room for as long as it hangs.
                    room.release();
                }
            });
            try {
                Outcome outcome = running.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
                report(outcome, Duration.ofNanos(System.nanoTime() - begin));
            } catch (TimeoutException e) {
                running.cancel(true);
                Verdict late = Verdict.failed(Reason.TIMEOUT, "not within the timeout");
                report(new Outcome(late, List.of()), Duration.ofNanos(System.nanoTime() - begin));
            } catch (ExecutionException e) {
                meters.ran(Result.BROKEN);
                LOG.error("the probe of {} broke; nothing is said of the target", target.key(), e.getCause());
            }
        }

        private void report(Outcome outcome, Duration took) {
            if (stopped) {
                return;
            }
            meters.ran(outcome.verdict().passed() ? Result.PASSED : Result.FAILED);
            tell(outcome.verdict());
            var _ = outlet.send(ProbeMetrics.of(target, name, outcome, took, clock.instant()))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            meters.lost();
                        }
                    });
        }

        /** Once per change: what the metrics say at every run. */
        private void tell(Verdict verdict) {
            boolean changed = last == null ? !verdict.passed() : last.passed() != verdict.passed();
            last = verdict;
            if (changed && verdict instanceof Verdict.Failed failed) {
                LOG.info(
                        "{} of {} fails: {}: {}",
                        target.probe().name(),
                        target.address(),
                        failed.reason().label(),
                        failed.text());
            } else if (changed) {
                LOG.info("{} of {} passes again", target.probe().name(), target.address());
            }
        }
    }
}
