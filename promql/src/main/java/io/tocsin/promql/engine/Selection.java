package io.tocsin.promql.engine;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Aggregations.Parameter;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code topk}, {@code bottomk}, {@code limitk} and {@code limit_ratio}: some of the series, as they are. */
final class Selection {

    private final Evaluator evaluator;
    private final Expr.Aggregate aggregate;
    private final AggregateOp op;
    private final Grid grid;
    private final double[] parameter;
    private boolean histogramsIgnored;

    private Selection(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid) {
        this.evaluator = evaluator;
        this.aggregate = aggregate;
        this.op = aggregate.op();
        this.grid = grid;
        this.parameter = evaluator.scalar(Objects.requireNonNull(aggregate.parameter()), grid);
    }

    static void stream(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid, Sink sink) {
        Selection selection = new Selection(evaluator, aggregate, grid);
        List<Column> columns = evaluator.collect(aggregate.expr(), grid);
        Parameter range = Parameter.of(selection.parameter);
        if (!selection.check(range)) {
            return;
        }
        if (selection.op == AggregateOp.LIMIT_RATIO) {
            selection.ratio(columns, sink);
        } else {
            selection.some(columns, sink);
        }
    }

    /** False where nothing can be selected. */
    private boolean check(Parameter range) {
        if (op == AggregateOp.LIMIT_RATIO) {
            return checkRatio(range);
        }
        if (range.max() < 1) {
            return false;
        }
        if (range.hasNaN()) {
            throw PromqlException.execution("Parameter value is NaN");
        }
        if (range.min() <= -0x1p63) {
            throw PromqlException.execution("Scalar value " + GoFloat.formatG(range.min()) + " underflows int64");
        }
        if (range.max() >= 0x1p63) {
            throw PromqlException.execution("Scalar value " + GoFloat.formatG(range.max()) + " overflows int64");
        }
        return true;
    }

    private boolean checkRatio(Parameter range) {
        if (range.max() == 0 && range.min() == 0) {
            return false;
        }
        if (range.hasNaN()) {
            throw PromqlException.execution("Ratio value is NaN");
        }
        Expr expr = Objects.requireNonNull(aggregate.parameter());
        if (range.max() > 1) {
            evaluator.annotations.invalidRatio(range.max(), 1, expr.span());
        }
        if (range.min() < -1) {
            evaluator.annotations.invalidRatio(range.min(), -1, expr.span());
        }
        return true;
    }

    private void ratio(List<Column> columns, Sink sink) {
        for (Column column : columns) {
            double place = LabelHash.fraction(column.labels);
            for (int i = 0; i < grid.steps(); i++) {
                double r = Math.max(-1, Math.min(1, parameter[i]));
                boolean in = r >= 0 ? place < r : place >= 1 + r;
                if (!in) {
                    column.remove(i);
                }
            }
        }
        // In an instant query, groups stay together.
        for (List<Column> group : groups(columns)) {
            group.stream().filter(column -> !column.isEmpty()).forEach(sink::accept);
        }
    }

    private List<List<Column>> groups(List<Column> columns) {
        Grouping grouping = new Grouping(aggregate);
        Map<Labels, List<Column>> groups = new LinkedHashMap<>();
        for (Column column : columns) {
            groups.computeIfAbsent(grouping.of(column.labels), k -> new ArrayList<>())
                    .add(column);
        }
        return List.copyOf(groups.values());
    }

    private void some(List<Column> columns, Sink sink) {
        for (List<Column> group : groups(columns)) {
            Column[] members = group.toArray(new Column[0]);
            Column[] outs = new Column[members.length];
            int[] chosen = new int[members.length];
            for (int step = 0; step < grid.steps(); step++) {
                evaluator.budget.work(members.length);
                int k = (int) Math.min((long) parameter[step], columns.size());
                int n = k < 1 ? 0 : choose(members, step, k, chosen);
                for (int i = 0; i < n; i++) {
                    int m = chosen[i];
                    if (outs[m] == null) {
                        outs[m] = new Column(members[m].labels, members[m].dropName, grid.steps());
                        evaluator.budget.samples(grid.steps());
                    }
                    outs[m].copy(members[m], step);
                }
                if (grid.isInstant()) {
                    for (int i = 0; i < n; i++) {
                        sink.accept(outs[chosen[i]]);
                    }
                    outs = new Column[members.length];
                }
            }
            for (Column out : outs) {
                if (out != null) {
                    sink.accept(out);
                }
            }
        }
        if (histogramsIgnored) {
            evaluator.annotations.histogramIgnoredInAggregation(op.symbol(), aggregate.span());
        }
    }

    /** Fills in the indices of the chosen members, best first, and counts them. */
    private int choose(Column[] members, int step, int k, int[] chosen) {
        int n = 0;
        for (int m = 0; m < members.length; m++) {
            if (op == AggregateOp.LIMITK) {
                if (members[m].has(step)) {
                    chosen[n++] = m;
                }
                if (n == k) {
                    return n;
                }
            } else if (members[m].hasFloat(step)) {
                n = insert(members, step, k, chosen, n, m);
            } else if (members[m].histogram(step) != null) {
                histogramsIgnored = true;
            }
        }
        if (op != AggregateOp.LIMITK) {
            sort(members, step, chosen, n);
        }
        return n;
    }

    /** Keeps the k best so far as a heap with the worst one on top. */
    private int insert(Column[] members, int step, int k, int[] heap, int n, int m) {
        if (n < k) {
            int i = n;
            heap[i] = m;
            while (i > 0 && better(members, step, heap[(i - 1) / 2], heap[i])) {
                int parent = (i - 1) / 2;
                int swap = heap[i];
                heap[i] = heap[parent];
                heap[parent] = swap;
                i = parent;
            }
            return n + 1;
        }
        if (better(members, step, m, heap[0])) {
            heap[0] = m;
            sink(members, step, heap, n);
        }
        return n;
    }

    private void sink(Column[] members, int step, int[] heap, int n) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= n) {
                return;
            }
            if (child + 1 < n && better(members, step, heap[child], heap[child + 1])) {
                child++;
            }
            if (!better(members, step, heap[i], heap[child])) {
                return;
            }
            int swap = heap[i];
            heap[i] = heap[child];
            heap[child] = swap;
            i = child;
        }
    }

    private void sort(Column[] members, int step, int[] chosen, int n) {
        if (n < 2) {
            return;
        }
        int[] sorted = Arrays.stream(chosen, 0, n)
                .boxed()
                .sorted((a, b) -> better(members, step, a, b) ? -1 : better(members, step, b, a) ? 1 : 0)
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(sorted, 0, chosen, 0, n);
    }

    /** Numbers before NaN, then by value, then the series that came first. */
    private boolean better(Column[] members, int step, int a, int b) {
        double x = members[a].values[step];
        double y = members[b].values[step];
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.isNaN(x) == Double.isNaN(y) ? a < b : Double.isNaN(y);
        }
        if (x == y) {
            return a < b;
        }
        return op == AggregateOp.TOPK ? x > y : x < y;
    }
}
