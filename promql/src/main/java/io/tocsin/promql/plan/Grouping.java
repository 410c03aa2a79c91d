package io.tocsin.promql.plan;

import io.tocsin.promql.model.Labels;
import java.util.List;

/** The {@code by} or {@code without} clause of an aggregation. */
public record Grouping(List<String> labels, boolean without) {
    public Grouping {
        labels = List.copyOf(labels);
    }

    /** The labels of the group that a series belongs to. */
    public Labels of(Labels series) {
        if (!without) {
            return labels.isEmpty() ? Labels.EMPTY : series.keep(labels);
        }
        return series.drop(labels).withoutName();
    }
}
