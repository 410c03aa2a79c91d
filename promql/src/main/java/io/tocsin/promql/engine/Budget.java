package io.tocsin.promql.engine;

import io.tocsin.promql.engine.PromqlException.Kind;

/** What a query has left: samples, series, time. Everything that loops over data asks it. */
final class Budget {

    /** Units of work between two looks at the clock. */
    private static final int PERIOD = 1 << 16;

    private final EngineOptions options;
    private final long deadline;
    private long samples;
    private int work = PERIOD;

    Budget(EngineOptions options) {
        this.options = options;
        this.samples = options.limits().samples();
        this.deadline = System.nanoTime() + Math.min(options.limits().timeout().toNanos(), Long.MAX_VALUE / 4);
    }

    int maxSteps() {
        return options.limits().steps();
    }

    PromqlException tooManySteps(long steps) {
        return new PromqlException(
                Kind.LIMIT,
                "exceeded maximum resolution of " + maxSteps() + " points per timeseries: the query has "
                        + (steps < 0 ? "far more" : Long.toString(steps)));
    }

    /** Takes samples, for what is read or held. */
    void samples(long count) {
        samples -= count;
        if (samples < 0) {
            throw new PromqlException(
                    Kind.LIMIT, "query processing would load too many samples into memory in query execution");
        }
        work(1);
    }

    void series(int count) {
        if (count > options.limits().series()) {
            throw new PromqlException(
                    Kind.LIMIT, "query would process more than " + options.limits().series() + " series");
        }
    }

    /** Counts work, and now and then looks whether the query may go on. */
    void work(int units) {
        work -= units;
        if (work < 0) {
            work = PERIOD;
            look();
        }
    }

    private void look() {
        if (options.cancelled().getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new PromqlException(Kind.CANCELLED, "query was canceled in expression evaluation");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new PromqlException(Kind.TIMEOUT, "query timed out in expression evaluation");
        }
    }
}
