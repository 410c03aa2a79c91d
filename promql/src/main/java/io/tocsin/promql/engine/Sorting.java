package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import java.util.Comparator;
import java.util.List;

/** {@code sort}, {@code sort_desc}, {@code sort_by_label} and its descending form: the order of an instant vector. */
final class Sorting {

    private Sorting() {}

    static void stream(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        boolean byValue = call.function() == Function.SORT || call.function() == Function.SORT_DESC;
        Sink filtered = new Sink.Stage(sink) {
            @Override
            void accept(Column column) {
                if (byValue) {
                    column.dropHistograms();
                }
                next.accept(column);
            }
        };
        if (!grid.isInstant()) {
            evaluator.annotations.sortInRangeQuery(call.span());
            evaluator.stream(call.args().getFirst(), grid, filtered);
            return;
        }
        List<Column> columns = evaluator.collect(call.args().getFirst(), grid);
        columns.sort(byValue ? byValue(call.function() == Function.SORT_DESC) : byLabels(call));
        columns.forEach(filtered::accept);
    }

    /** NaN comes last in both directions. */
    private static Comparator<Column> byValue(boolean descending) {
        return (a, b) -> {
            double x = a.values[0];
            double y = b.values[0];
            if (Double.isNaN(x) || Double.isNaN(y)) {
                return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
            }
            int c = x < y ? -1 : x > y ? 1 : 0;
            return descending ? -c : c;
        };
    }

    private static Comparator<Column> byLabels(Expr.Call call) {
        List<String> names =
                call.args().stream().skip(1).map(LabelFunctions::text).toList();
        Comparator<Column> order = (a, b) -> {
            for (String name : names) {
                String x = a.labels.get(name);
                String y = b.labels.get(name);
                if (!x.equals(y)) {
                    return NaturalOrder.less(x, y) ? -1 : 1;
                }
            }
            return a.labels.compareTo(b.labels);
        };
        return call.function() == Function.SORT_BY_LABEL_DESC ? order.reversed() : order;
    }
}
