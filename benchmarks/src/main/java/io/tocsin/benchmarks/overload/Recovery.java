package io.tocsin.benchmarks.overload;

import io.tocsin.benchmarks.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** When the usual senders are served as usual again. */
final class Recovery {

    private static final double USUAL_THROUGHPUT = 0.8;
    private static final double USUAL_LATENCY = 1.5;

    private Recovery() {}

    /**
     * The seconds until the first whole second in which the throughput is at least 80 % of the capacity and the 99th percentile
     * at most one and a half of the usual; one more than were watched when there is none.
     *
     * @param ended when the overload was over, System.nanoTime
     * @param capacity requests per second
     * @param p99 the usual one, milliseconds
     */
    static int seconds(Answers after, long ended, double capacity, double p99) {
        int watched = (int) after.seconds();
        List<List<Long>> bySecond = new ArrayList<>();
        IntStream.range(0, watched).forEach(_ -> bySecond.add(new ArrayList<>()));
        for (Answers.Accepted each : after.accepted()) {
            int second = (int) TimeUnit.NANOSECONDS.toSeconds(each.begin() - ended);
            if (second < watched) {
                bySecond.get(second).add(each.nanos());
            }
        }
        for (int second = 0; second < watched; second++) {
            if (usual(bySecond.get(second), capacity, p99)) {
                return second;
            }
        }
        return watched + 1;
    }

    private static boolean usual(List<Long> nanos, double capacity, double p99) {
        return nanos.size() >= USUAL_THROUGHPUT * capacity
                && Percentiles.of(nanos).p99() <= USUAL_LATENCY * p99;
    }
}
