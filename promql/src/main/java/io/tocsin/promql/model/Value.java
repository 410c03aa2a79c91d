package io.tocsin.promql.model;

import java.util.List;

/** What a query gives. Times are Unix milliseconds. */
public sealed interface Value {

    record ScalarValue(long timestampMs, double value) implements Value {}

    record StringValue(long timestampMs, String value) implements Value {}

    /** An instant vector, in the order of the query's sorting where it has one. */
    record VectorValue(List<Sample> samples) implements Value {
        public VectorValue {
            samples = List.copyOf(samples);
        }
    }

    /** A range vector, or the result of a range query; sorted by labels for a range query. */
    record MatrixValue(List<RangeSeries> series) implements Value {
        public MatrixValue {
            series = List.copyOf(series);
        }
    }
}
