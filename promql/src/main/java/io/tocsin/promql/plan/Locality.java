package io.tocsin.promql.plan;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.VectorMatching;
import java.util.Collection;
import java.util.Optional;

/**
 * Proves that an expression can be evaluated in each shard alone: its result over all series is the disjoint union of
 * its results over the shards, and each element still carries the target labels of the series it comes from.
 */
final class Locality {
    private final PlanOptions options;

    Locality(PlanOptions options) {
        this.options = options;
    }

    /** A proof; where several series meet, it needs to know that they come from one input. */
    record Proof(Optional<String> input) {
        boolean isOneInput() {
            return input.isPresent();
        }

        boolean sameInput(Proof other) {
            return input.isPresent() && input.equals(other.input);
        }
    }

    /** The proof for a vector or a range vector, empty if there is none. */
    Optional<Proof> prove(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> Optional.empty();
            case Expr.StringLiteral s -> Optional.empty();
            case Expr.VectorSelector v ->
                options.isRecorded(v) ? Optional.empty() : Optional.of(new Proof(options.inputOf(v)));
            case Expr.MatrixSelector m -> prove(m.selector());
            case Expr.Subquery s -> prove(s.expr());
            case Expr.Paren p -> prove(p.expr());
            case Expr.Unary u -> prove(u.expr());
            case Expr.Call c -> proveCall(c);
            case Expr.Aggregate a -> proveAggregate(a);
            case Expr.Binary b -> proveBinary(b);
        };
    }

    /** True for a scalar that is the same in every shard at a given time. */
    static boolean isSharedScalar(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> true;
            case Expr.StringLiteral s -> true;
            case Expr.Paren p -> isSharedScalar(p.expr());
            case Expr.Unary u -> isSharedScalar(u.expr());
            case Expr.Binary b -> isSharedScalar(b.left()) && isSharedScalar(b.right());
            case Expr.Call c ->
                switch (kind(c.function())) {
                    case SHARED_SCALAR -> c.args().stream().allMatch(Locality::isSharedScalar);
                    case RANGE, PER_SERIES, BUCKETS, LABELS, INFO, WHOLE -> false;
                };
            case Expr.VectorSelector v -> false;
            case Expr.MatrixSelector m -> false;
            case Expr.Subquery s -> false;
            case Expr.Aggregate a -> false;
        };
    }

    private enum Kind {
        /** Takes a range vector, gives one element for each series. */
        RANGE,
        /** Gives at most one element for each element. */
        PER_SERIES,
        /** Joins the buckets of a classic histogram, which differ in {@code le} alone. */
        BUCKETS,
        /** Writes one label. */
        LABELS,
        /** Joins with the info series of the same target. */
        INFO,
        /** A scalar that depends on time at most. */
        SHARED_SCALAR,
        /** Needs all elements at once. */
        WHOLE
    }

    private static Kind kind(Function function) {
        return switch (function) {
            case AVG_OVER_TIME,
                    CHANGES,
                    COUNT_OVER_TIME,
                    DELTA,
                    DERIV,
                    DOUBLE_EXPONENTIAL_SMOOTHING,
                    FIRST_OVER_TIME,
                    IDELTA,
                    INCREASE,
                    IRATE,
                    LAST_OVER_TIME,
                    MAD_OVER_TIME,
                    MAX_OVER_TIME,
                    MIN_OVER_TIME,
                    PREDICT_LINEAR,
                    PRESENT_OVER_TIME,
                    QUANTILE_OVER_TIME,
                    RATE,
                    RESETS,
                    STDDEV_OVER_TIME,
                    STDVAR_OVER_TIME,
                    SUM_OVER_TIME,
                    TS_OF_FIRST_OVER_TIME,
                    TS_OF_LAST_OVER_TIME,
                    TS_OF_MAX_OVER_TIME,
                    TS_OF_MIN_OVER_TIME -> Kind.RANGE;
            case ABS,
                    ACOS,
                    ACOSH,
                    ASIN,
                    ASINH,
                    ATAN,
                    ATANH,
                    CEIL,
                    CLAMP,
                    CLAMP_MAX,
                    CLAMP_MIN,
                    COS,
                    COSH,
                    DAY_OF_MONTH,
                    DAY_OF_WEEK,
                    DAY_OF_YEAR,
                    DAYS_IN_MONTH,
                    DEG,
                    EXP,
                    FLOOR,
                    HISTOGRAM_AVG,
                    HISTOGRAM_COUNT,
                    HISTOGRAM_STDDEV,
                    HISTOGRAM_STDVAR,
                    HISTOGRAM_SUM,
                    HOUR,
                    LN,
                    LOG10,
                    LOG2,
                    MINUTE,
                    MONTH,
                    RAD,
                    ROUND,
                    SGN,
                    SIN,
                    SINH,
                    SQRT,
                    START_TIMESTAMP,
                    TAN,
                    TANH,
                    TIMESTAMP,
                    YEAR -> Kind.PER_SERIES;
            case HISTOGRAM_FRACTION, HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES -> Kind.BUCKETS;
            case LABEL_JOIN, LABEL_REPLACE -> Kind.LABELS;
            case INFO -> Kind.INFO;
            case END, MAX_OF, MIN_OF, PI, RANGE, START, STEP, TIME -> Kind.SHARED_SCALAR;
            case ABSENT,
                    ABSENT_OVER_TIME,
                    SCALAR,
                    SORT,
                    SORT_BY_LABEL,
                    SORT_BY_LABEL_DESC,
                    SORT_DESC,
                    VECTOR -> Kind.WHOLE;
        };
    }

    private Optional<Proof> proveCall(Expr.Call call) {
        return switch (kind(call.function())) {
            case RANGE, PER_SERIES -> proveOnlyOperand(call);
            case BUCKETS -> proveOnlyOperand(call).filter(Proof::isOneInput);
            case LABELS -> writesTargetLabel(call.args().get(1)) ? Optional.empty() : proveOnlyOperand(call);
            case INFO -> proveInfo(call);
            case SHARED_SCALAR, WHOLE -> Optional.empty();
        };
    }

    private boolean writesTargetLabel(Expr label) {
        return !(label instanceof Expr.StringLiteral literal)
                || options.targetLabels().contains(literal.value());
    }

    /** The proof of the one operand that reads series; all others have to be the same in every shard. */
    private Optional<Proof> proveOnlyOperand(Expr.Call call) {
        Optional<Proof> proof = Optional.empty();
        for (Expr arg : call.args()) {
            switch (arg.type()) {
                case VECTOR, MATRIX -> {
                    proof = prove(arg);
                    if (proof.isEmpty()) {
                        return proof;
                    }
                }
                case SCALAR, STRING -> {
                    if (!isSharedScalar(arg)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return proof;
    }

    private Optional<Proof> proveInfo(Expr.Call call) {
        Optional<Proof> proof = prove(call.args().getFirst());
        Optional<String> infoInput = options.inputOf(InfoMetric.of(call));
        return proof.filter(p -> p.sameInput(new Proof(infoInput)));
    }

    private Optional<Proof> proveAggregate(Expr.Aggregate aggregate) {
        Expr parameter = aggregate.parameter();
        if (parameter != null && !isSharedScalar(parameter)) {
            return Optional.empty();
        }
        Optional<Proof> proof = prove(aggregate.expr());
        if (aggregate.op() == AggregateOp.LIMIT_RATIO) {
            // Whether an element stays depends on its own labels alone.
            return proof;
        }
        if (aggregate.op() == AggregateOp.COUNT_VALUES && (parameter == null || writesTargetLabel(parameter))) {
            return Optional.empty();
        }
        return keepsTargetLabels(aggregate.grouping(), !aggregate.without())
                ? proof.filter(Proof::isOneInput)
                : Optional.empty();
    }

    private boolean keepsTargetLabels(Collection<String> labels, boolean onlyThese) {
        return onlyThese
                ? labels.containsAll(options.targetLabels())
                : options.targetLabels().stream().noneMatch(labels::contains);
    }

    private Optional<Proof> proveBinary(Expr.Binary binary) {
        VectorMatching matching = binary.matching();
        if (isSharedScalar(binary.right())) {
            return prove(binary.left());
        }
        if (isSharedScalar(binary.left())) {
            return prove(binary.right());
        }
        if (matching == null
                || !keepsTargetLabels(matching.labels(), matching.on())
                || matching.include().stream().anyMatch(options.targetLabels()::contains)) {
            return Optional.empty();
        }
        Optional<Proof> left = prove(binary.left());
        Optional<Proof> right = prove(binary.right());
        return left.isPresent() && right.isPresent() && left.get().sameInput(right.get()) ? left : Optional.empty();
    }
}
