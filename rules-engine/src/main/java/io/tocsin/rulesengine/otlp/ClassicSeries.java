package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;

/**
 * The series of one histogram with explicit bounds.
 *
 * @param base its labels with the family's name
 * @param bounds upper bounds without the last +∞
 * @param asNative whether it is one native series instead of several
 */
@SuppressWarnings("ArrayRecordComponent") // Lives as long as one point.
record ClassicSeries(Labels base, double[] bounds, boolean asNative) {

    void emit(ClassicPoint point, long atMs, long startMs, Emission out) {
        if (asNative) {
            out.histogram(base, atMs, point.toNative(), startMs);
            return;
        }
        if (point.hasSum()) {
            out.sample(named("_sum"), atMs, point.sum(), startMs);
        }
        out.sample(named("_count"), atMs, point.count(), startMs);
        double below = 0;
        Labels bucket = named("_bucket");
        for (int i = 0; i < bounds.length && i < point.counts().length; i++) {
            below += point.counts()[i];
            out.sample(bucket.with(Labels.BUCKET, GoFloat.format(bounds[i])), atMs, below, startMs);
        }
        out.sample(bucket.with(Labels.BUCKET, "+Inf"), atMs, point.count(), startMs);
    }

    /** A point without recorded value often names no bounds: then only the series known from it end. */
    void stale(long atMs, Emission out) {
        if (asNative) {
            out.histogram(base, atMs, FloatHistogram.stale(), 0);
            return;
        }
        out.sample(named("_sum"), atMs, StaleNaN.VALUE, 0);
        out.sample(named("_count"), atMs, StaleNaN.VALUE, 0);
        Labels bucket = named("_bucket");
        for (double bound : bounds) {
            out.sample(bucket.with(Labels.BUCKET, GoFloat.format(bound)), atMs, StaleNaN.VALUE, 0);
        }
        out.sample(bucket.with(Labels.BUCKET, "+Inf"), atMs, StaleNaN.VALUE, 0);
    }

    private Labels named(String suffix) {
        return base.with(Labels.METRIC_NAME, base.metricName() + suffix);
    }
}
