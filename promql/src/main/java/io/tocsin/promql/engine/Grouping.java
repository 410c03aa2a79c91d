package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.Labels;
import java.util.HashSet;
import java.util.Set;

/** The labels of the group that a series belongs to. */
final class Grouping {

    private final boolean without;
    private final boolean all;
    private final Set<String> names;

    Grouping(Expr.Aggregate aggregate) {
        without = aggregate.without();
        names = new HashSet<>(aggregate.grouping());
        all = names.isEmpty() && !without;
        if (without) {
            names.add(Labels.METRIC_NAME);
        }
    }

    Labels of(Labels labels) {
        return all ? Labels.EMPTY : labels.filter(name -> names.contains(name) != without);
    }

    private Grouping(boolean without, Set<String> names) {
        this.without = without;
        this.names = names;
        this.all = names.isEmpty() && !without;
    }

    /** The same grouping, with one label more to keep. */
    Grouping keeping(String label) {
        if (without) {
            return this;
        }
        Set<String> more = new HashSet<>(names);
        more.add(label);
        return new Grouping(false, more);
    }
}
