package io.tocsin.collector.admission;

import java.util.List;

/** Who is refused first under pressure: rules stand on metrics, causes are found in traces, logs can wait. */
public enum Priority {
    LOGS(0.6),
    TRACES(0.8),
    METRICS(1.0);

    /** In the order in which they are served. */
    public static final List<Priority> FIRST_TO_LAST = List.of(METRICS, TRACES, LOGS);

    private final double share;

    Priority(double share) {
        this.share = share;
    }

    /** How much of a limit requests of this priority may fill. */
    long of(long limit) {
        return (long) (limit * share);
    }
}
