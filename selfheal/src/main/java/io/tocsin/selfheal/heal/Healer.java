package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.action.Executors;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.playbook.files.PlanFiles;
import io.tocsin.selfheal.store.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that looks every second, and whenever something happened, and acts while this instance holds the lease. */
public final class Healer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Healer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Tenure tenure;
    private final BooleanSupplier caughtUp;
    private final PlanFiles files;
    private final Decider decider;
    private final Attendant attendant;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("selfheal-healer").daemon(true).unstarted(this::run);
    private volatile boolean closed;
    private long token;

    /**
     * @param caughtUp whether everything that was in the log at the start is known
     * @param current whether everything that is in the log is known, as of a moment ago
     */
    public Healer(
            Jdbi jdbi,
            Lease lease,
            PlanFiles files,
            Diagnosis diagnosis,
            Executors executors,
            BooleanSupplier caughtUp,
            BooleanSupplier current) {
        this.tenure = new Tenure(jdbi, lease);
        this.caughtUp = caughtUp;
        this.files = files;
        this.decider = new Decider(jdbi, lease, diagnosis, current, tenure);
        this.attendant = new Attendant(jdbi, lease, tenure, diagnosis, executors, this::ring);
    }

    /** Begins to look. */
    public void start() {
        tenure.start();
        thread.start();
    }

    /** Something happened: look now. */
    public void ring() {
        bell.release();
    }

    private void run() {
        while (!closed) {
            try {
                look();
                // Never more often than needed, and at once when something happened.
                if (bell.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void look() throws InterruptedException {
        try {
            files.refresh();
            Optional<Long> held = tenure.token();
            if (held.isEmpty() || held.get() != token) {
                var _ = attendant.abandon();
            }
            token = held.orElse(0L);
            if (held.isPresent()) {
                attend();
                if (decider.decide(files.plan(), token)) {
                    attend();
                }
            }
        } catch (Lease.LostException e) {
            LOG.warn("{}: another instance acts", e.getMessage());
            var _ = attendant.abandon();
        } catch (RuntimeException e) {
            // The transaction was rolled back: nothing was done that is not written down.
            LOG.warn("looking for repairs failed, trying again", e);
        }
    }

    /** What was known before a restart may be over: nothing is carried on before everything is read. */
    private void attend() {
        if (caughtUp.getAsBoolean()) {
            attendant.attend(files.plan(), token, tenure.instant());
        }
    }

    /** Stops what runs, waits for its end, and only then gives the lease back. */
    @Override
    public void close() {
        closed = true;
        ring();
        boolean ended = false;
        try {
            if (!thread.join(PATIENCE)) {
                // It asks the world something slow.
                thread.interrupt();
            }
            ended = thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = ended && attendant.abandon();
        if (!ended) {
            LOG.error("something still runs: the lease is not given back, it ends by itself");
        }
        tenure.close(ended);
    }
}
