package io.tocsin.promql.engine;

import io.tocsin.promql.model.Value;
import java.util.List;

/** What a query gave, and the remarks about it. */
public record QueryResult(Value value, List<Annotation> annotations) {

    public QueryResult {
        annotations = List.copyOf(annotations);
    }

    /** The texts of the warnings. */
    public List<String> warnings() {
        return texts(Annotation.Level.WARNING);
    }

    /** The texts of the informations. */
    public List<String> infos() {
        return texts(Annotation.Level.INFO);
    }

    private List<String> texts(Annotation.Level level) {
        return annotations.stream()
                .filter(a -> a.level() == level)
                .map(Annotation::text)
                .toList();
    }
}
