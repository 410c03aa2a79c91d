package io.tocsin.promql.engine;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an expression ready for one query: durations and the query's own start, end, range and step become numbers, and
 * parentheses around operands go. Then it knows which parts give the same at every step, because their selectors are
 * pinned with {@code @}; they are evaluated once.
 */
final class Preparation {

    private final long start;
    private final long end;
    private final long step;
    private final IdentityHashMap<Expr, Boolean> invariant = new IdentityHashMap<>();
    private final IdentityHashMap<Expr.VectorSelector, Boolean> countAndSumOnly = new IdentityHashMap<>();
    /** How many operands deep in functions that read count and sum only, and in those that need buckets. */
    private int readingStats;

    private int needingBuckets;

    /** @param step zero for an instant query */
    Preparation(long start, long end, long step) {
        this.start = start;
        this.end = end;
        this.step = step;
    }

    /** Whether a prepared expression gives the same at every step. */
    boolean isInvariant(Expr expr) {
        return invariant.getOrDefault(expr, false);
    }

    /** Whether of a prepared selector's histograms only count and sum are read. */
    boolean readsCountAndSumOnly(Expr.VectorSelector selector) {
        return countAndSumOnly.getOrDefault(selector, false);
    }

    Expr prepare(Expr expr) {
        int stats = readsStats(expr) ? 1 : 0;
        int buckets = needsBuckets(expr) ? 1 : 0;
        readingStats += stats;
        needingBuckets += buckets;
        Expr ready = resolved(expr);
        readingStats -= stats;
        needingBuckets -= buckets;
        invariant.put(ready, invariance(ready));
        return ready;
    }

    private static boolean readsStats(Expr expr) {
        return expr instanceof Expr.Call call
                && switch (call.function()) {
                    case HISTOGRAM_COUNT, HISTOGRAM_SUM, HISTOGRAM_AVG -> true;
                    default -> false;
                };
    }

    /** A subquery may skip samples, so that resets have to be found in the buckets. */
    private static boolean needsBuckets(Expr expr) {
        return switch (expr) {
            case Expr.Subquery s -> true;
            case Expr.Binary b -> b.op() == BinaryOp.TRIM_UPPER || b.op() == BinaryOp.TRIM_LOWER;
            case Expr.Call call ->
                switch (call.function()) {
                    case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    private Expr resolved(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> n;
            case Expr.StringLiteral s -> s;
            case Expr.VectorSelector v -> selector(v);
            case Expr.MatrixSelector m ->
                new Expr.MatrixSelector((Expr.VectorSelector) prepare(m.selector()), positive(m.range()), m.span());
            case Expr.Subquery s -> subquery(s);
            case Expr.Call c -> call(c);
            case Expr.Aggregate a ->
                new Expr.Aggregate(
                        a.op(),
                        prepare(unwrap(a.expr())),
                        a.parameter() == null ? null : prepare(unwrap(a.parameter())),
                        a.grouping().stream().sorted().toList(),
                        a.without(),
                        a.span());
            case Expr.Binary b ->
                new Expr.Binary(b.op(), prepare(b.left()), prepare(b.right()), b.returnBool(), b.matching());
            case Expr.Unary u -> new Expr.Unary(u.negative(), prepare(u.expr()), u.span());
            case Expr.Paren p -> new Expr.Paren(prepare(p.expr()), p.span());
        };
    }

    private boolean invariance(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> true;
            case Expr.StringLiteral s -> true;
            case Expr.VectorSelector v -> v.at() != null;
            case Expr.MatrixSelector m -> m.selector().at() != null;
            case Expr.Subquery s -> s.at() != null;
            case Expr.Aggregate a -> a.children().stream().allMatch(this::isInvariant);
            case Expr.Binary b -> isInvariant(b.left()) && isInvariant(b.right());
            case Expr.Unary u -> isInvariant(u.expr());
            case Expr.Paren p -> isInvariant(p.expr());
            case Expr.Call c -> callInvariance(c);
        };
    }

    private boolean callInvariance(Expr.Call call) {
        return switch (call.function()) {
            case DAYS_IN_MONTH, DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, MONTH, YEAR -> false;
            case PREDICT_LINEAR, TIME, START, END, STEP, RANGE -> false;
            case TIMESTAMP -> call.args().getFirst() instanceof Expr.VectorSelector v && isInvariant(v);
            case INFO ->
                call.args().stream().allMatch(this::isInvariant)
                        && InfoFunction.readsAtOneTime(call.args().getFirst());
            default -> call.args().stream().allMatch(this::isInvariant);
        };
    }

    private static Expr unwrap(Expr expr) {
        Expr inner = expr;
        while (inner instanceof Expr.Paren paren) {
            inner = paren.expr();
        }
        return inner;
    }

    private Expr call(Expr.Call call) {
        return switch (call.function()) {
            case START -> number(start / 1000.0, call.span());
            case END -> number(end / 1000.0, call.span());
            case RANGE -> number((end - start) / 1000.0, call.span());
            case STEP -> number(start == end ? 0 : step / 1000.0, call.span());
            default -> {
                List<Expr> args =
                        call.args().stream().map(arg -> prepare(unwrap(arg))).toList();
                yield new Expr.Call(call.function(), args, call.span());
            }
        };
    }

    private static Expr number(double value, Span span) {
        return new Expr.NumberLiteral(value, false, span);
    }

    private Expr selector(Expr.VectorSelector v) {
        Expr.VectorSelector selector = new Expr.VectorSelector(
                v.name(), v.matchers(), offset(v.offset()), at(v.at()), v.extension(), v.span());
        countAndSumOnly.put(selector, readingStats > 0 && needingBuckets == 0);
        return selector;
    }

    private Expr subquery(Expr.Subquery s) {
        DurationExpr resolution = s.step() == null ? null : positive(s.step());
        return new Expr.Subquery(
                prepare(s.expr()), positive(s.range()), resolution, offset(s.offset()), at(s.at()), s.span());
    }

    private @Nullable At at(@Nullable At at) {
        return switch (at) {
            case null -> null;
            case At.Time t -> t;
            case At.Start s -> new At.Time(start);
            case At.End e -> new At.Time(end);
        };
    }

    private @Nullable DurationExpr offset(@Nullable DurationExpr offset) {
        return offset == null ? null : fixed(offset, true);
    }

    private DurationExpr positive(DurationExpr duration) {
        return fixed(duration, false);
    }

    private DurationExpr fixed(DurationExpr duration, boolean negativeAllowed) {
        if (duration instanceof DurationExpr.Fixed) {
            return duration;
        }
        double seconds = seconds(duration);
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw invalid(duration, "duration is NaN or infinite");
        }
        if (seconds <= 0 && !negativeAllowed) {
            throw invalid(duration, "duration must be greater than 0");
        }
        if (Math.abs(seconds) > 0x1p63 / 1e9) {
            throw invalid(duration, "duration is out of range");
        }
        return new DurationExpr.Fixed((long) ((seconds * 1000) * 1_000_000), duration.span());
    }

    private double seconds(DurationExpr duration) {
        return switch (duration) {
            case DurationExpr.Fixed f -> f.nanos() / 1e9;
            case DurationExpr.Seconds n -> n.seconds();
            case DurationExpr.Step s -> step / 1000.0;
            case DurationExpr.Range r -> (end - start) / 1000.0;
            case DurationExpr.Negated n -> -seconds(n.operand());
            case DurationExpr.Wrapped w -> seconds(w.inner());
            case DurationExpr.Extreme e ->
                e.max()
                        ? GoMath.max(seconds(e.left()), seconds(e.right()))
                        : GoMath.min(seconds(e.left()), seconds(e.right()));
            case DurationExpr.Binary b -> binary(b, seconds(b.left()), seconds(b.right()));
        };
    }

    private static double binary(DurationExpr.Binary binary, double left, double right) {
        return switch (binary.op()) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> {
                if (right == 0) {
                    throw invalid(binary, "division by zero");
                }
                yield left / right;
            }
            case MOD -> {
                if (right == 0) {
                    throw invalid(binary, "modulo by zero");
                }
                yield left % right;
            }
            case POW -> GoMath.pow(left, right);
        };
    }

    private static PromqlException invalid(DurationExpr duration, String message) {
        Span span = duration.span();
        return PromqlException.execution(span.start() + ":" + span.end() + ": " + message);
    }

    /** The milliseconds of a prepared duration. */
    static long millis(@Nullable DurationExpr duration) {
        return duration instanceof DurationExpr.Fixed fixed ? fixed.millis() : 0;
    }
}
