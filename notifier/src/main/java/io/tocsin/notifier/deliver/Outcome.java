package io.tocsin.notifier.deliver;

import java.time.Duration;
import java.util.Optional;

/** What one try of a delivery ended with. */
public sealed interface Outcome {

    /** What happened, in words that hold no secret. */
    String detail();

    /** The receiver has it. */
    record Accepted(String detail) implements Outcome {}

    /**
     * It may work later: the receiver is away, busy or broken.
     *
     * @param detail what happened
     * @param retryAfter how long the receiver wants to be left alone, if it said so
     */
    record Failed(String detail, Optional<Duration> retryAfter) implements Outcome {}

    /** It will never work as it is: the receiver understood and refused. */
    record Refused(String detail) implements Outcome {}
}
