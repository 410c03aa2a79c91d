package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.machine.Right;
import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease and watches the kill switch, every second on a thread of its own: no slow decision can lose the one or miss
 * the other; see {@link Right} for when the right to act ends. It gives the time too: the database's, so that the clocks of
 * instances do not matter.
 */
final class Tenure implements InstantSource {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final Lease lease;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("selfheal-lease").daemon(true).factory());
    private volatile Right right = Right.none(System.nanoTime(), Instant.now());

    Tenure(Jdbi jdbi, Lease lease) {
        this.jdbi = jdbi;
        this.lease = lease;
    }

    /** Begins to keep it. */
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::renew, 0, RENEW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            long asked = System.nanoTime();
            right = right.leased(lease.hold(), asked, lease.length());
            long reading = System.nanoTime();
            right = jdbi.withHandle(
                    handle -> right.read(KillSwitch.frozenBy(handle).isPresent(), reading, KillSwitch.time(handle)));
        } catch (RuntimeException e) {
            // What is held ends by itself unless a later try succeeds.
            LOG.warn("the lease could not be renewed, trying again: {}", e.toString());
        }
    }

    /** The token, while the right to act lasts. */
    Optional<Long> token() {
        return right.token(System.nanoTime());
    }

    /** Whether what runs under this token may go on running. */
    boolean mayAct(long token) {
        return right.mayAct(token, System.nanoTime());
    }

    /** The time that all instances share. */
    @Override
    public Instant instant() {
        return right.now(System.nanoTime());
    }

    /**
     * Stops to keep it.
     *
     * @param release whether another instance may have it at once: only when nothing runs any more
     */
    void close(boolean release) {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(RENEW_EVERY.toSeconds() * 5, TimeUnit.SECONDS) && release) {
                lease.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the lease could not be given back, it ends by itself: {}", e.toString());
        }
        right = Right.none(System.nanoTime(), instant());
    }
}
