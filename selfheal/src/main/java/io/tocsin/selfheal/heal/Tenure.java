package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease and watches the kill switch, every second on a thread of its own: no slow decision can lose the one or miss
 * the other. The right to act ends by this machine's monotonic clock too, a third of the lease's length before the lease
 * itself can end: also when PostgreSQL is out of reach, and early enough to kill what runs.
 */
final class Tenure {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final Lease lease;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("selfheal-lease").daemon(true).factory());
    private volatile @Nullable Held held;
    private volatile boolean frozen = true;

    Tenure(Jdbi jdbi, Lease lease) {
        this.jdbi = jdbi;
        this.lease = lease;
    }

    /** @param until of {@link System#nanoTime} */
    private record Held(long token, long until) {}

    /** Begins to keep it. */
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::renew, 0, RENEW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            long asked = System.nanoTime();
            Duration usable = lease.length().multipliedBy(2).dividedBy(3);
            held = lease.hold()
                    .map(token -> new Held(token, asked + usable.toNanos()))
                    .orElse(null);
            frozen = jdbi.withHandle(KillSwitch::frozenBy).isPresent();
        } catch (RuntimeException e) {
            // What is held ends by itself unless a later try succeeds.
            LOG.warn("the lease could not be renewed, trying again: {}", e.toString());
        }
    }

    /** The token, while the right to act lasts. */
    Optional<Long> token() {
        Held now = held;
        return now == null || System.nanoTime() - now.until() >= 0 ? Optional.empty() : Optional.of(now.token());
    }

    /** Whether what runs under this token may go on running. */
    boolean mayAct(long token) {
        return !frozen && token().filter(current -> current == token).isPresent();
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
        held = null;
    }
}
