package io.tocsin.benchmarks.overload;

import java.util.ArrayList;
import java.util.List;

/**
 * What was answered in a time.
 *
 * @param accepted for each that was taken, when it was sent and how long it took, nanoseconds
 * @param refused that were told to come again
 * @param failed that were answered otherwise, or not at all
 * @param seconds how long it was
 */
record Answers(List<Accepted> accepted, long refused, long failed, double seconds) {

    Answers {
        accepted = List.copyOf(accepted);
    }

    /** One that was taken. */
    record Accepted(long begin, long nanos) {}

    List<Long> nanos() {
        return accepted.stream().map(Accepted::nanos).toList();
    }

    double perSecond() {
        return accepted.size() / seconds;
    }

    double offeredPerSecond() {
        return (accepted.size() + refused + failed) / seconds;
    }

    /** All of several senders over the same time. */
    static Answers together(List<Answers> all, double seconds) {
        List<Accepted> accepted = new ArrayList<>();
        long refused = 0;
        long failed = 0;
        for (Answers each : all) {
            accepted.addAll(each.accepted());
            refused += each.refused();
            failed += each.failed();
        }
        return new Answers(accepted, refused, failed, seconds);
    }
}
