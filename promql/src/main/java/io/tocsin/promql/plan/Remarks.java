package io.tocsin.promql.plan;

import io.tocsin.promql.engine.Annotation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The engine's remarks about parts of a query, put together for the whole. */
final class Remarks {
    private Remarks() {}

    /** Each remark once. */
    static List<Annotation> distinct(Collection<Annotation> annotations) {
        return List.copyOf(new LinkedHashSet<>(annotations));
    }
}
