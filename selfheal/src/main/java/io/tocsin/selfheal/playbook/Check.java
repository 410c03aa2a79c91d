package io.tocsin.selfheal.playbook;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A question put to the world, with a yes or no answer. */
public sealed interface Check {

    /** How long to wait for the answer. */
    Duration timeout();

    /** True when the answer does not come through the telemetry that raised the alert. */
    boolean independent();

    /** The check in one line, as people read it. */
    String text();

    /** Which way an HTTP endpoint should be. */
    enum Expect {
        UP,
        DOWN
    }

    /**
     * Asks an HTTP endpoint.
     *
     * @param url address; may hold placeholders of the target
     * @param expect UP: it answers with 2xx or 3xx in time; DOWN: it does not
     */
    record Http(Template url, Expect expect, Duration timeout) implements Check {
        public Http {
            requirePositive(timeout);
        }

        @Override
        public boolean independent() {
            return true;
        }

        @Override
        public String text() {
            return "http " + url.text() + " is " + (expect == Expect.UP ? "up" : "down");
        }
    }

    /**
     * A PromQL condition at the query API; it holds when the result has at least one element.
     *
     * @param expression PromQL; may hold placeholders of the target
     * @param holds whether the check wants the condition to hold, or to be clear
     */
    record Condition(Template expression, boolean holds, Duration timeout) implements Check {
        public Condition {
            requirePositive(timeout);
        }

        @Override
        public boolean independent() {
            return false;
        }

        @Override
        public String text() {
            return "promql " + expression.text() + (holds ? " holds" : " is clear");
        }
    }

    /** Runs a command; exit code 0 is yes. Arguments, never a shell line. */
    record Command(List<Template> arguments, Duration timeout) implements Check {
        public Command {
            arguments = List.copyOf(arguments);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("a command needs at least one argument");
            }
            requirePositive(timeout);
        }

        @Override
        public boolean independent() {
            return true;
        }

        @Override
        public String text() {
            return "command "
                    + String.join(" ", arguments.stream().map(Template::text).toList());
        }
    }

    private static void requirePositive(Duration timeout) {
        if (Objects.requireNonNull(timeout).isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout must be longer than zero");
        }
    }
}
