package io.tocsin.notifier.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one kind of work over and over in threads of its own: as long as there is some, at once; else when the doorbell
 * rings, the next piece is due, or a second is over, for another instance may have left some.
 */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final String name;
    private final Doorbell doorbell;
    private final InstantSource clock;
    private final Work work;
    private final java.util.List<Thread> threads = new java.util.ArrayList<>();

    /** The work. */
    public interface Work {
        /** Does one piece; false when there was none. */
        boolean once() throws InterruptedException;

        /** When the next piece is due; empty when none is known. */
        Optional<Instant> next();
    }

    public Loop(String name, Doorbell doorbell, InstantSource clock, Work work) {
        this.name = name;
        this.doorbell = doorbell;
        this.clock = clock;
        this.work = work;
    }

    /** Starts so many threads. */
    public void start(int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().name(name + "-" + i).daemon(true).start(this::run));
        }
    }

    private void run() {
        while (!doorbell.closed()) {
            try {
                round();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void round() throws InterruptedException {
        long heard = doorbell.rings();
        try {
            if (!work.once()) {
                doorbell.await(heard, pause());
            }
        } catch (RuntimeException e) {
            // The transaction was rolled back: nothing is lost, and it is tried again.
            LOG.warn("{}: failed, trying again in a second", name, e);
            doorbell.await(doorbell.rings(), LOOK_AGAIN);
        }
    }

    private Duration pause() {
        Duration until =
                work.next().map(due -> Duration.between(clock.instant(), due)).orElse(LOOK_AGAIN);
        if (until.isNegative()) {
            // What is due is held by another instance or waits for an earlier notice of its stream.
            return Duration.ofMillis(50);
        }
        return until.compareTo(LOOK_AGAIN) < 0 ? until : LOOK_AGAIN;
    }

    /** Lets the pieces that are under way finish, five seconds at most. */
    @Override
    public void close() {
        doorbell.close();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
                if (thread.isAlive()) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
