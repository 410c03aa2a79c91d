package io.tocsin.collector.otlp;

import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.admission.Decision;
import io.tocsin.collector.admission.Patience;
import io.tocsin.collector.admission.Priority;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where requests wait for room, shortly; those of the highest priority are called first. */
@Singleton
final class WaitingRoom {

    private final Admission admission;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition metrics = lock.newCondition();
    private final Condition traces = lock.newCondition();
    private final Condition logs = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long empty = System.nanoTime();

    WaitingRoom(Admission admission) {
        this.admission = admission;
    }

    private Condition called(Priority priority) {
        return switch (priority) {
            case METRICS -> metrics;
            case TRACES -> traces;
            case LOGS -> logs;
        };
    }

    /** Room for a request, at once or within its patience; or why there is none. */
    Decision enter(Priority priority, int bytes, String sender) {
        long now = System.nanoTime();
        if (waiting.get() == 0) {
            empty = now;
        }
        Decision decision = admission.enter(priority, bytes, sender, now);
        return passing(decision) ? await(priority, bytes, sender, Patience.nanos(now - empty)) : decision;
    }

    /** Whether the refusal may be over in a moment: bytes and rates are not. */
    private static boolean passing(Decision decision) {
        return decision instanceof Decision.Refused refused && refused.cause() == Decision.Cause.REQUESTS_IN_FLIGHT;
    }

    private Decision await(Priority priority, int bytes, String sender, long nanos) {
        lock.lock();
        try {
            waiting.incrementAndGet();
            long left = nanos;
            Decision decision = admission.enter(priority, bytes, sender, System.nanoTime());
            while (left > 0 && passing(decision)) {
                left = called(priority).awaitNanos(left);
                decision = admission.enter(priority, bytes, sender, System.nanoTime());
            }
            return decision;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return admission.enter(priority, bytes, sender, System.nanoTime());
        } finally {
            if (waiting.decrementAndGet() == 0) {
                empty = System.nanoTime();
            }
            lock.unlock();
        }
    }

    int waiting() {
        return waiting.get();
    }

    /** Calls the next one, after a request has left. */
    void roomMade() {
        if (waiting.get() == 0) {
            return;
        }
        lock.lock();
        try {
            for (Priority priority : Priority.FIRST_TO_LAST) {
                Condition next = called(priority);
                if (lock.hasWaiters(next)) {
                    next.signal();
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
