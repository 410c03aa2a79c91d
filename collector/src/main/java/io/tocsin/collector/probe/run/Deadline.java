package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Verdict.Reason;
import java.time.Duration;

/** When a run must be over, on the clock of {@link System#nanoTime}. */
record Deadline(long nanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left, at least a millisecond. */
    Duration left() throws Prober.Broken {
        long left = nanos - System.nanoTime();
        if (left <= 0) {
            throw new Prober.Broken(Reason.TIMEOUT, "not within the timeout");
        }
        return Duration.ofMillis(Math.max(1, left / 1_000_000));
    }

    /** What is left, milliseconds. */
    int leftMillis() throws Prober.Broken {
        return Math.toIntExact(left().toMillis());
    }
}
