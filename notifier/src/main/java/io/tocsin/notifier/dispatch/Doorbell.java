package io.tocsin.notifier.dispatch;

import java.time.Duration;

/** Wakes whoever waits for work in this process, so that nobody waits for the next look into the database. */
public final class Doorbell {

    private long rings;
    private boolean closed;

    /** Says that there is work. */
    public synchronized void ring() {
        rings++;
        notifyAll();
    }

    /** Wakes everybody for good. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Whether it was closed. */
    public synchronized boolean closed() {
        return closed;
    }

    /** How often it was rung: to be read before looking for work. */
    public synchronized long rings() {
        return rings;
    }

    /**
     * Waits until it is rung again, closed, or the time is over.
     *
     * @param heard what {@link #rings} said before looking for work
     */
    public synchronized void await(long heard, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (rings == heard && !closed && left > 0) {
            // Rounded up: waiting for zero milliseconds would be waiting for ever.
            wait(left / 1_000_000 + 1);
            left = end - System.nanoTime();
        }
    }
}
