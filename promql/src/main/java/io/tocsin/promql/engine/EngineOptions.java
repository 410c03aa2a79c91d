package io.tocsin.promql.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/**
 * How an engine evaluates. The defaults are those of Prometheus 3 without feature flags.
 *
 * @param lookback how far back an instant selector looks for a sample
 * @param defaultSubqueryStepMs the resolution of a subquery without one, from its range in milliseconds
 * @param delayedNameRemoval whether metric names are removed from the result only, not by each operation
 * @param startTimestamps whether rates use the samples' start times to find counter resets
 * @param typeAndUnitLabels whether a counter is told by its {@code __type__} label instead of its name
 * @param limits what one query may use
 * @param cancelled asked regularly; true ends the query
 */
public record EngineOptions(
        Duration lookback,
        LongUnaryOperator defaultSubqueryStepMs,
        boolean delayedNameRemoval,
        boolean startTimestamps,
        boolean typeAndUnitLabels,
        Limits limits,
        BooleanSupplier cancelled) {

    /**
     * What one query may use.
     *
     * @param samples samples read and values computed, in total (8 bytes each; a histogram counts by its size)
     * @param steps evaluation times of a range query
     * @param series series that a selector may match, or an operation give
     * @param timeout how long it may take
     */
    public record Limits(long samples, int steps, int series, Duration timeout) {
        public static final Limits DEFAULT = new Limits(50_000_000, 11_000, 1_000_000, Duration.ofMinutes(2));
        public static final Limits NONE =
                new Limits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(365));
    }

    public static final EngineOptions DEFAULT = new EngineOptions(
            Duration.ofMinutes(5), range -> 60_000, false, false, false, Limits.DEFAULT, () -> false);

    public EngineOptions {
        if (lookback.isNegative() || lookback.isZero()) {
            throw new IllegalArgumentException("lookback must be positive: " + lookback);
        }
    }

    public EngineOptions withLookback(Duration other) {
        return new EngineOptions(
                other, defaultSubqueryStepMs, delayedNameRemoval, startTimestamps, typeAndUnitLabels, limits, cancelled);
    }

    public EngineOptions withDefaultSubqueryStep(LongUnaryOperator other) {
        return new EngineOptions(
                lookback, other, delayedNameRemoval, startTimestamps, typeAndUnitLabels, limits, cancelled);
    }

    public EngineOptions withDelayedNameRemoval(boolean on) {
        return new EngineOptions(
                lookback, defaultSubqueryStepMs, on, startTimestamps, typeAndUnitLabels, limits, cancelled);
    }

    public EngineOptions withStartTimestamps(boolean on) {
        return new EngineOptions(
                lookback, defaultSubqueryStepMs, delayedNameRemoval, on, typeAndUnitLabels, limits, cancelled);
    }

    public EngineOptions withTypeAndUnitLabels(boolean on) {
        return new EngineOptions(
                lookback, defaultSubqueryStepMs, delayedNameRemoval, startTimestamps, on, limits, cancelled);
    }

    public EngineOptions withLimits(Limits other) {
        return new EngineOptions(
                lookback, defaultSubqueryStepMs, delayedNameRemoval, startTimestamps, typeAndUnitLabels, other, cancelled);
    }

    public EngineOptions withCancelled(BooleanSupplier other) {
        return new EngineOptions(
                lookback, defaultSubqueryStepMs, delayedNameRemoval, startTimestamps, typeAndUnitLabels, limits, other);
    }
}
