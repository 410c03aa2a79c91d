package io.tocsin.promql.engine;

import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.model.Labels;
import java.util.HashSet;
import java.util.Set;

/** The labels by which elements of two vectors find each other. */
final class Signature {

    private final boolean on;
    private final Set<String> names;

    Signature(VectorMatching matching) {
        on = matching.on();
        names = new HashSet<>(matching.labels());
        if (!on) {
            names.add(Labels.METRIC_NAME);
        }
    }

    Labels of(Labels labels) {
        return labels.filter(name -> names.contains(name) == on);
    }
}
