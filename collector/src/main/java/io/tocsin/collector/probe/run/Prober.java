package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;

/** Looks at a target once. */
interface Prober {

    /**
     * One run.
     *
     * @param address as the check wants it; checked before
     * @param deadline when it must be over
     */
    Outcome probe(String address, Deadline deadline) throws InterruptedException;

    /** A run that could not go on. */
    final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        private final Reason reason;

        Broken(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
