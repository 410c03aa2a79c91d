package io.tocsin.promql.engine;

import java.util.ArrayList;
import java.util.List;

/** Takes the columns of a result one by one. */
abstract class Sink {

    /** Takes a column, which it may change. Unless it {@link #keeps} columns, it must be done with it on return. */
    abstract void accept(Column column);

    /** Whether columns live on after {@link #accept}; if not, the producer uses one column again and again. */
    boolean keeps() {
        return false;
    }

    /** Keeps all columns that have a sample. */
    static final class Collector extends Sink {
        final List<Column> columns = new ArrayList<>();
        private final Budget budget;

        Collector(Budget budget) {
            this.budget = budget;
        }

        @Override
        void accept(Column column) {
            if (!column.isEmpty()) {
                budget.samples(column.steps());
                columns.add(column);
                budget.series(columns.size());
            }
        }

        @Override
        boolean keeps() {
            return true;
        }
    }

    /** Changes columns on their way to another sink. */
    abstract static class Stage extends Sink {
        final Sink next;

        Stage(Sink next) {
            this.next = next;
        }

        @Override
        boolean keeps() {
            return next.keeps();
        }
    }
}
