package io.tocsin.promql.plan;

import io.tocsin.promql.engine.Annotation;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a query at one tick: every candidate of its condition, and for which of them it holds. */
public record ConditionResult(List<Entry> entries, List<Annotation> annotations) {

    /**
     * A candidate.
     *
     * @param value its value, without meaning where there is a histogram; for a comparison between two vectors that does
     *     not hold it is 0, since only its being false is known
     * @param holds whether the condition is true; always true for a query without an outer comparison
     */
    public record Entry(Labels labels, double value, @Nullable FloatHistogram histogram, boolean holds) {}

    public ConditionResult {
        entries = List.copyOf(entries);
        annotations = List.copyOf(annotations);
    }
}
