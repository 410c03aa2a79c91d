package io.tocsin.notifier.deliver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What one try of a delivery ended with. */
public sealed interface Outcome {

    /** What happened, in words that hold no secret. */
    String detail();

    /** The same with these words. */
    Outcome withDetail(String words);

    /**
     * The receiver has it.
     *
     * @param detail what happened
     * @param memory what the group's next notice needs to know, such as the message's id at the service
     */
    record Accepted(String detail, Map<String, String> memory) implements Outcome {

        public Accepted {
            memory = Map.copyOf(memory);
        }

        public Accepted(String detail) {
            this(detail, Map.of());
        }

        @Override
        public Outcome withDetail(String words) {
            return new Accepted(words, memory);
        }
    }

    /**
     * It may work later: the receiver is away, busy or broken.
     *
     * @param detail what happened
     * @param retryAfter how long the receiver wants to be left alone, if it said so
     */
    record Failed(String detail, Optional<Duration> retryAfter) implements Outcome {

        public Failed(String detail) {
            this(detail, Optional.empty());
        }

        @Override
        public Outcome withDetail(String words) {
            return new Failed(words, retryAfter);
        }
    }

    /** It will never work as it is: the receiver understood and refused. */
    record Refused(String detail) implements Outcome {

        @Override
        public Outcome withDetail(String words) {
            return new Refused(words);
        }
    }
}
