package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Evaluates PromQL. Evaluation goes series by series over all steps; an instant query is a range of one step. An engine
 * holds no state: it may be used by any number of threads at once. Every query ends with a result or a
 * {@link PromqlException}, within its limits.
 */
public final class Engine {

    private final EngineOptions options;

    public Engine(EngineOptions options) {
        this.options = options;
    }

    public EngineOptions options() {
        return options;
    }

    /**
     * The value of an expression at one time.
     *
     * @param atMs Unix milliseconds
     * @throws PromqlException when there is no result
     */
    public QueryResult instant(Expr expr, SeriesSource source, long atMs) {
        return guarded(() -> {
            Preparation preparation = new Preparation(atMs, atMs, 0);
            Expr prepared = preparation.prepare(expr);
            Evaluator evaluator = new Evaluator(options, source, preparation);
            Value value = instantValue(evaluator, prepared, Grid.instant(atMs));
            return new QueryResult(value, evaluator.annotations.list());
        });
    }

    /**
     * The values of a scalar or an instant vector from a start to an end, both included, sorted by labels.
     *
     * @param startMs Unix milliseconds
     * @param endMs Unix milliseconds
     * @param stepMs milliseconds, positive
     * @throws PromqlException when there is no result
     */
    public QueryResult range(Expr expr, SeriesSource source, long startMs, long endMs, long stepMs) {
        if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
            throw PromqlException.execution("invalid expression type \"" + expr.type().documented()
                    + "\" for range query, must be Scalar or instant Vector");
        }
        if (stepMs <= 0) {
            throw PromqlException.execution(
                    "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        return guarded(() -> {
            Preparation preparation = new Preparation(startMs, endMs, stepMs);
            Expr prepared = preparation.prepare(expr);
            Evaluator evaluator = new Evaluator(options, source, preparation);
            Grid grid = Grid.of(startMs, endMs, stepMs, evaluator.budget);
            List<RangeSeries> series = new ArrayList<>();
            for (Column column : Results.merged(evaluator, evaluator.collect(prepared, grid))) {
                series.add(Results.series(column, grid));
            }
            series.sort(Comparator.comparing(RangeSeries::labels));
            return new QueryResult(new Value.MatrixValue(series), evaluator.annotations.list());
        });
    }

    /** The last line of defence: whatever a query exhausts, its own thread survives. */
    private static QueryResult guarded(java.util.function.Supplier<QueryResult> query) {
        try {
            return query.get();
        } catch (StackOverflowError e) {
            throw new PromqlException(PromqlException.Kind.LIMIT, "expression is nested too deeply to be evaluated");
        } catch (OutOfMemoryError e) {
            throw new PromqlException(
                    PromqlException.Kind.LIMIT, "query needs more memory than there is: " + e.getMessage());
        }
    }

    private static Value instantValue(Evaluator evaluator, Expr expr, Grid grid) {
        Expr bare = expr;
        while (bare instanceof Expr.Paren paren) {
            bare = paren.expr();
        }
        return switch (expr.type()) {
            case SCALAR -> new Value.ScalarValue(grid.start(), evaluator.scalar(expr, grid)[0]);
            case STRING -> new Value.StringValue(grid.start(), bare instanceof Expr.StringLiteral s ? s.value() : "");
            case VECTOR -> vector(evaluator, expr, grid);
            case MATRIX -> {
                List<RangeSeries> series =
                        bare instanceof Expr.Subquery subquery
                                ? RangeEvaluation.matrix(evaluator, subquery, grid)
                                : RawSamples.matrix(evaluator, (Expr.MatrixSelector) bare, grid.start());
                series.sort(Comparator.comparing(RangeSeries::labels));
                yield new Value.MatrixValue(series);
            }
        };
    }

    private static Value vector(Evaluator evaluator, Expr expr, Grid grid) {
        List<Sample> samples = new ArrayList<>();
        for (Column column : Results.merged(evaluator, evaluator.collect(expr, grid))) {
            FloatHistogram histogram = column.histogram(0);
            double value = histogram == null ? column.values[0] : 0;
            samples.add(new Sample(column.labels, grid.start(), value, histogram));
        }
        return new Value.VectorValue(samples);
    }
}
