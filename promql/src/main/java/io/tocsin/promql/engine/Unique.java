package io.tocsin.promql.engine;

import io.tocsin.promql.model.Labels;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Lets columns pass unless two with the same labels have a sample at the same step. */
final class Unique extends Sink.Stage {

    private static final BitSet ONE = new BitSet();

    private final Map<Labels, BitSet> seen = new HashMap<>();

    Unique(Sink next) {
        super(next);
    }

    @Override
    void accept(Column column) {
        if (column.isEmpty()) {
            return;
        }
        if (column.steps() == 1) {
            if (seen.put(column.labels, ONE) != null) {
                throw PromqlException.duplicate();
            }
        } else {
            mark(column);
        }
        next.accept(column);
    }

    private void mark(Column column) {
        BitSet steps = seen.computeIfAbsent(column.labels, l -> new BitSet());
        boolean first = steps.isEmpty();
        for (int i = 0; i < column.steps(); i++) {
            if (column.has(i)) {
                if (!first && steps.get(i)) {
                    throw PromqlException.duplicate();
                }
                steps.set(i);
            }
        }
    }
}
