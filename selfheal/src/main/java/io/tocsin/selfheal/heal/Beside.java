package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.machine.Aside;
import io.tocsin.selfheal.machine.Aside.Found;
import io.tocsin.selfheal.machine.Input;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that takes time, beside the healer's thread: at most one piece for each repair. */
final class Beside {

    private static final Logger LOG = LoggerFactory.getLogger(Beside.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final Map<String, Work> underWay = new HashMap<>();
    private final Runnable finished;

    /** @param finished told when a piece of work is done */
    Beside(Runnable finished) {
        this.finished = finished;
    }

    private record Work(Thread thread, FutureTask<Found> task, Input otherwise) {}

    /** How the work of a repair stands. */
    Aside of(String repair) {
        Work work = underWay.get(repair);
        return work == null ? new Aside.Idle() : work.task().isDone() ? found(repair, work) : new Aside.Busy();
    }

    /** What the work came to was written down. */
    void taken(String repair) {
        underWay.remove(repair);
    }

    /**
     * Begins a piece of work.
     *
     * @param otherwise what it means when the work itself fails
     */
    void start(String repair, Callable<Found> work, Input otherwise) {
        FutureTask<Found> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("selfheal-" + repair).start(() -> {
            task.run();
            finished.run();
        });
        underWay.put(repair, new Work(thread, task, otherwise));
    }

    private static Found found(String repair, Work work) {
        if (work.task().state() == Future.State.SUCCESS) {
            return work.task().resultNow();
        }
        Throwable why = work.task().exceptionNow();
        LOG.error("repair {}: work beside failed", repair, why);
        return new Found(work.otherwise(), "failed: " + why);
    }

    /** Stops the work of one repair and waits for its end; false when it did not end. */
    boolean stop(String repair) {
        Work work = underWay.get(repair);
        if (work == null) {
            return true;
        }
        work.thread().interrupt();
        boolean ended = ended(work.thread());
        if (ended) {
            underWay.remove(repair);
        }
        return ended;
    }

    /** Stops everything and waits for its end; false when something did not end. */
    boolean stop() {
        underWay.values().forEach(work -> work.thread().interrupt());
        // Each one is waited for, though another did not end.
        return List.copyOf(underWay.keySet()).stream()
                        .filter(repair -> !stop(repair))
                        .count()
                == 0;
    }

    private static boolean ended(Thread thread) {
        try {
            return thread.join(STOP_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
