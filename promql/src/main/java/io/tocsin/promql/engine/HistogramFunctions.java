package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramReading;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** The {@code histogram_…} functions over native histograms; quantiles and fractions also over classic ones. */
final class HistogramFunctions {

    private HistogramFunctions() {}

    /** {@code histogram_count}, {@code _sum}, {@code _avg}, {@code _stddev}, {@code _stdvar}; floats are left out. */
    static void read(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        Expr input = call.args().getFirst();
        Sink nameless = evaluator.nameless(input, sink);
        evaluator.stream(input, grid, new Sink() {
            @Override
            void accept(Column column) {
                if (column.histograms == null) {
                    return;
                }
                Column out = new Column(column.labels, column.dropName, grid.steps());
                for (int i = 0; i < grid.steps(); i++) {
                    FloatHistogram histogram = column.histogram(i);
                    if (histogram != null) {
                        out.values[i] = reading(call.function(), histogram);
                    }
                }
                if (!out.isEmpty()) {
                    nameless.accept(out);
                }
            }
        });
    }

    private static double reading(Function function, FloatHistogram h) {
        return switch (function) {
            case HISTOGRAM_COUNT -> h.count();
            case HISTOGRAM_SUM -> h.sum();
            case HISTOGRAM_AVG -> h.average();
            case HISTOGRAM_STDVAR -> HistogramReading.variance(h);
            case HISTOGRAM_STDDEV -> Math.sqrt(HistogramReading.variance(h));
            default -> throw new IllegalStateException("no reading of a histogram: " + function);
        };
    }

    /** {@code histogram_quantile}, {@code histogram_quantiles} and {@code histogram_fraction}. */
    static void estimate(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        Expr input = input(call);
        List<double[]> parameters = new ArrayList<>();
        for (Expr arg : call.args()) {
            if (arg != input && !(arg instanceof Expr.StringLiteral)) {
                parameters.add(evaluator.scalar(arg, grid));
                if (call.function() != Function.HISTOGRAM_FRACTION) {
                    remarkInvalid(evaluator, arg, parameters.getLast());
                }
            }
        }
        HistogramGroups groups = new HistogramGroups(evaluator, input, grid);
        evaluator.stream(input, grid, groups);
        Sink nameless = evaluator.nameless(input, sink);
        switch (call.function()) {
            case HISTOGRAM_FRACTION -> groups.fractions(parameters.get(0), parameters.get(1), nameless);
            case HISTOGRAM_QUANTILE -> groups.quantiles(parameters.getFirst(), nameless);
            default -> {
                String label = LabelFunctions.text(call.args().get(1));
                for (double[] phi : parameters) {
                    groups.quantiles(phi, labelled(label, phi, nameless));
                }
            }
        }
    }

    private static Expr input(Expr.Call call) {
        return switch (call.function()) {
            case HISTOGRAM_QUANTILE -> call.args().get(1);
            case HISTOGRAM_FRACTION -> call.args().get(2);
            default -> call.args().getFirst();
        };
    }

    private static void remarkInvalid(Evaluator evaluator, Expr arg, double[] phi) {
        for (double q : phi) {
            if (!(q >= 0 && q <= 1)) {
                evaluator.annotations.invalidQuantile(q, arg.span());
            }
        }
    }

    /** Adds the quantile as a label; where it changes over the steps, a series becomes several. */
    private static Sink labelled(String label, double[] phi, Sink sink) {
        return new Sink() {
            @Override
            void accept(Column column) {
                boolean constant = true;
                for (double q : phi) {
                    constant &= Double.compare(q, phi[0]) == 0;
                }
                if (constant) {
                    column.labels = column.labels.with(label, OpenMetrics.format(phi[0]));
                    sink.accept(column);
                    return;
                }
                java.util.Map<Labels, Column> parts = new java.util.LinkedHashMap<>();
                for (int i = 0; i < column.steps(); i++) {
                    if (column.has(i)) {
                        Labels labels = column.labels.with(label, OpenMetrics.format(phi[i]));
                        parts.computeIfAbsent(labels, l -> new Column(l, column.dropName, column.steps()))
                                .copy(column, i);
                    }
                }
                parts.values().forEach(sink::accept);
            }
        };
    }
}
