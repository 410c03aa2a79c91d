package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.time.LocalDate;
import java.util.function.DoubleUnaryOperator;

/** Functions from number to number, element by element; histograms are left out. */
final class MathFunctions {

    private static final long DAY = 86_400;
    /** The days that java.time can name; beyond them, the calendar repeats every 400 years. */
    private static final long CALENDAR_CYCLE = 146_097L * DAY;

    private static final long CALENDAR_LIMIT = 365_000_000L * DAY;

    private MathFunctions() {}

    static void stream(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        Function function = call.function();
        if (call.args().isEmpty()) {
            now(function, grid, sink);
            return;
        }
        Expr input = call.args().getFirst();
        Sink nameless = evaluator.nameless(input, sink);
        switch (function) {
            case CLAMP -> clamp(evaluator, call, grid, nameless, scalar(evaluator, call, 1, grid), scalar(evaluator, call, 2, grid));
            case CLAMP_MIN -> clamp(evaluator, call, grid, nameless, scalar(evaluator, call, 1, grid), null);
            case CLAMP_MAX -> clamp(evaluator, call, grid, nameless, null, scalar(evaluator, call, 1, grid));
            case ROUND -> round(evaluator, call, grid, nameless);
            default -> {
                DoubleUnaryOperator f = operator(function);
                evaluator.stream(input, grid, new Sink.Stage(nameless) {
                    @Override
                    void accept(Column column) {
                        column.dropHistograms();
                        double[] values = column.values;
                        for (int i = 0; i < values.length; i++) {
                            double v = values[i];
                            if (v == v || !StaleNaN.is(v)) {
                                values[i] = f.applyAsDouble(v);
                            }
                        }
                        next.accept(column);
                    }
                });
            }
        }
    }

    private static double[] scalar(Evaluator evaluator, Expr.Call call, int arg, Grid grid) {
        return evaluator.scalar(call.args().get(arg), grid);
    }

    /** A date function without an argument: of the evaluation time. */
    private static void now(Function function, Grid grid, Sink sink) {
        DoubleUnaryOperator f = operator(function);
        Column column = new Column(Labels.EMPTY, false, grid.steps());
        for (int i = 0; i < grid.steps(); i++) {
            column.values[i] = f.applyAsDouble(grid.at(i) / 1000);
        }
        sink.accept(column);
    }

    private static void clamp(
            Evaluator evaluator,
            Expr.Call call,
            Grid grid,
            Sink nameless,
            double @org.jspecify.annotations.Nullable [] min,
            double @org.jspecify.annotations.Nullable [] max) {
        evaluator.stream(call.args().getFirst(), grid, new Sink.Stage(nameless) {
            @Override
            void accept(Column column) {
                column.dropHistograms();
                for (int i = 0; i < column.steps(); i++) {
                    double low = min == null ? Double.NEGATIVE_INFINITY : min[i];
                    double high = max == null ? Double.POSITIVE_INFINITY : max[i];
                    if (high < low) {
                        column.remove(i);
                    } else if (column.hasFloat(i)) {
                        column.values[i] = Math.max(low, Math.min(high, column.values[i]));
                    }
                }
                next.accept(column);
            }
        });
    }

    private static void round(Evaluator evaluator, Expr.Call call, Grid grid, Sink nameless) {
        double[] to = call.args().size() > 1 ? scalar(evaluator, call, 1, grid) : null;
        evaluator.stream(call.args().getFirst(), grid, new Sink.Stage(nameless) {
            @Override
            void accept(Column column) {
                column.dropHistograms();
                for (int i = 0; i < column.steps(); i++) {
                    if (column.hasFloat(i)) {
                        // The inverse loses less precision than dividing by the step.
                        double inverse = 1.0 / (to == null ? 1 : to[i]);
                        column.values[i] = Math.floor(column.values[i] * inverse + 0.5) / inverse;
                    }
                }
                next.accept(column);
            }
        });
    }

    private static DoubleUnaryOperator operator(Function function) {
        return switch (function) {
            case ABS -> Math::abs;
            case CEIL -> Math::ceil;
            case FLOOR -> Math::floor;
            case EXP -> StrictMath::exp;
            case SQRT -> Math::sqrt;
            case LN -> StrictMath::log;
            case LOG2 -> GoMath::log2;
            case LOG10 -> StrictMath::log10;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TAN -> StrictMath::tan;
            case ASIN -> StrictMath::asin;
            case ACOS -> StrictMath::acos;
            case ATAN -> StrictMath::atan;
            case SINH -> StrictMath::sinh;
            case COSH -> StrictMath::cosh;
            case TANH -> StrictMath::tanh;
            case ASINH -> GoMath::asinh;
            case ACOSH -> GoMath::acosh;
            case ATANH -> GoMath::atanh;
            case SGN -> GoMath::sign;
            case RAD -> v -> v * Math.PI / 180;
            case DEG -> v -> v * 180 / Math.PI;
            case MINUTE -> v -> Math.floorMod(seconds(v), 3600L) / 60;
            case HOUR -> v -> Math.floorMod(seconds(v), DAY) / 3600;
            case DAY_OF_WEEK -> v -> Math.floorMod(Math.floorDiv(seconds(v), DAY) + 4, 7L);
            case DAY_OF_MONTH -> v -> date(v).getDayOfMonth();
            case DAY_OF_YEAR -> v -> date(v).getDayOfYear();
            case DAYS_IN_MONTH -> v -> date(v).lengthOfMonth();
            case MONTH -> v -> date(v).getMonthValue();
            case YEAR -> MathFunctions::year;
            default -> throw new IllegalStateException("no function of numbers: " + function);
        };
    }

    private static long seconds(double value) {
        // Go turns what does not fit into the least integer.
        boolean fits = value >= -0x1p63 && value < 0x1p63;
        return fits ? (long) value : Long.MIN_VALUE;
    }

    private static LocalDate date(double value) {
        long seconds = seconds(value);
        if (Math.abs(seconds / 2) > CALENDAR_LIMIT / 2) {
            seconds = Math.floorMod(seconds, CALENDAR_CYCLE);
        }
        return LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY));
    }

    private static double year(double value) {
        long seconds = seconds(value);
        if (Math.abs(seconds / 2) > CALENDAR_LIMIT / 2) {
            return date(value).getYear() + 400.0 * Math.floorDiv(seconds, CALENDAR_CYCLE);
        }
        return date(value).getYear();
    }
}
