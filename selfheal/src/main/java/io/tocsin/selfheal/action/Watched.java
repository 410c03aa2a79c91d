package io.tocsin.selfheal.action;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a thread of its own that ends with its time or with the right to act, whatever it waits for. */
final class Watched {

    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    private Watched() {}

    /**
     * Runs it. When the time is over, when it is no longer allowed, or when this thread is interrupted, the work is
     * interrupted and its end waited for.
     *
     * @throws Trouble of the work, or when it was stopped
     * @throws InterruptedException when this thread was interrupted
     */
    static <T> T run(Callable<T> work, Order order, Duration longest) throws Trouble, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("selfheal-action").start(task);
        try {
            return await(task, order, System.nanoTime() + longest.toNanos());
        } finally {
            thread.interrupt();
            end(thread);
        }
    }

    private static <T> T await(FutureTask<T> task, Order order, long end) throws Trouble, InterruptedException {
        while (true) {
            try {
                return task.get(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (!order.allowed().getAsBoolean()) {
                    throw new Trouble(Outcome.End.STOPPED, "stopped: it is no longer allowed to run");
                }
                if (System.nanoTime() - end >= 0) {
                    throw new Trouble(Outcome.End.TIMED_OUT, "no answer in time");
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case Trouble trouble -> throw trouble;
                    case IllegalArgumentException unfit ->
                        throw new Trouble(Outcome.End.REFUSED, String.valueOf(unfit.getMessage()), unfit);
                    case RuntimeException bug -> throw bug;
                    case null, default -> throw new IllegalStateException(e.getCause());
                }
            }
        }
    }

    private static void end(Thread thread) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.join(END_WAIT)) {
                throw new IllegalStateException("an action goes on though it was stopped");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
