package io.tocsin.promql.engine;

import io.tocsin.promql.engine.PromqlException.Kind;

/** What a query has left: samples, series, time. Everything that loops over data asks it. */
final class Budget {

    /** Units of work between two looks at the clock. */
    private static final int PERIOD = 1 << 16;

    private static final int MAX_SUBQUERY_STEPS = 1_000_000;

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

    /** Subqueries may be finer than results, which have to be looked at. */
    int maxSubquerySteps() {
        return Math.max(maxSteps(), MAX_SUBQUERY_STEPS);
    }

    static PromqlException tooManySteps(int max) {
        return new PromqlException(Kind.LIMIT, "exceeded maximum resolution of " + max + " points per timeseries");
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
                    Kind.LIMIT,
                    "query would process more than " + options.limits().series() + " series");
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
