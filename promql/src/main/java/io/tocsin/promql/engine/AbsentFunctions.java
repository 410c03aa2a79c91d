package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code absent} and {@code absent_over_time}: 1 where there is nothing, with the labels that were asked for. */
final class AbsentFunctions {

    private AbsentFunctions() {}

    static void absent(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        Expr input = call.args().getFirst();
        fill(grid, labels(input), false, sink, presence -> evaluator.stream(input, grid, presence));
    }

    static void absentOverTime(
            Evaluator evaluator, Expr.Call call, Grid grid, Sink sink, Consumer<Sink> windows) {
        fill(grid, labels(call.args().getFirst()), true, sink, windows);
    }

    private static void fill(Grid grid, Labels labels, boolean dropName, Sink sink, Consumer<Sink> input) {
        BitSet present = new BitSet(grid.steps());
        input.accept(new Sink() {
            @Override
            void accept(Column column) {
                for (int i = present.nextClearBit(0); i < grid.steps(); i = present.nextClearBit(i + 1)) {
                    if (column.has(i)) {
                        present.set(i);
                    }
                }
            }
        });
        Column column = new Column(labels, dropName, grid.steps());
        for (int i = present.nextClearBit(0); i < grid.steps(); i = present.nextClearBit(i + 1)) {
            column.values[i] = 1;
        }
        if (!column.isEmpty()) {
            sink.accept(column);
        }
    }

    /** The labels that the selector pins to one value; a label that is mentioned twice is pinned to none. */
    private static Labels labels(Expr expr) {
        List<LabelMatcher> matchers =
                switch (expr) {
                    case Expr.VectorSelector v -> v.matchers();
                    case Expr.MatrixSelector m -> m.selector().matchers();
                    default -> List.of();
                };
        Labels.Builder labels = Labels.EMPTY.toBuilder();
        Set<String> seen = new HashSet<>();
        for (LabelMatcher matcher : matchers) {
            if (matcher.name().equals(Labels.METRIC_NAME)) {
                continue;
            }
            boolean pins = matcher.type() == LabelMatcher.Type.EQ && seen.add(matcher.name());
            if (pins) {
                labels.set(matcher.name(), matcher.value());
            } else {
                labels.delete(matcher.name());
            }
        }
        return labels.build();
    }
}
