package io.tocsin.promql.ast;

import static io.tocsin.promql.ast.ValueType.MATRIX;
import static io.tocsin.promql.ast.ValueType.SCALAR;
import static io.tocsin.promql.ast.ValueType.STRING;
import static io.tocsin.promql.ast.ValueType.VECTOR;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of PromQL with their signatures: what each returns, whether it is experimental, what it takes. */
public enum Function {
    ABS(VECTOR, false, 0, VECTOR),
    ABSENT(VECTOR, false, 0, VECTOR),
    ABSENT_OVER_TIME(VECTOR, false, 0, MATRIX),
    ACOS(VECTOR, false, 0, VECTOR),
    ACOSH(VECTOR, false, 0, VECTOR),
    ASIN(VECTOR, false, 0, VECTOR),
    ASINH(VECTOR, false, 0, VECTOR),
    ATAN(VECTOR, false, 0, VECTOR),
    ATANH(VECTOR, false, 0, VECTOR),
    AVG_OVER_TIME(VECTOR, false, 0, MATRIX),
    CEIL(VECTOR, false, 0, VECTOR),
    CHANGES(VECTOR, false, 0, MATRIX),
    CLAMP(VECTOR, false, 0, VECTOR, SCALAR, SCALAR),
    CLAMP_MAX(VECTOR, false, 0, VECTOR, SCALAR),
    CLAMP_MIN(VECTOR, false, 0, VECTOR, SCALAR),
    COS(VECTOR, false, 0, VECTOR),
    COSH(VECTOR, false, 0, VECTOR),
    COUNT_OVER_TIME(VECTOR, false, 0, MATRIX),
    DAY_OF_MONTH(VECTOR, false, 1, VECTOR),
    DAY_OF_WEEK(VECTOR, false, 1, VECTOR),
    DAY_OF_YEAR(VECTOR, false, 1, VECTOR),
    DAYS_IN_MONTH(VECTOR, false, 1, VECTOR),
    DEG(VECTOR, false, 0, VECTOR),
    DELTA(VECTOR, false, 0, MATRIX),
    DERIV(VECTOR, false, 0, MATRIX),
    DOUBLE_EXPONENTIAL_SMOOTHING(VECTOR, true, 0, MATRIX, SCALAR, SCALAR),
    END(SCALAR, true, 0),
    EXP(VECTOR, false, 0, VECTOR),
    FIRST_OVER_TIME(VECTOR, false, 0, MATRIX),
    FLOOR(VECTOR, false, 0, VECTOR),
    HISTOGRAM_AVG(VECTOR, false, 0, VECTOR),
    HISTOGRAM_COUNT(VECTOR, false, 0, VECTOR),
    HISTOGRAM_FRACTION(VECTOR, false, 0, SCALAR, SCALAR, VECTOR),
    HISTOGRAM_QUANTILE(VECTOR, false, 0, SCALAR, VECTOR),
    HISTOGRAM_QUANTILES(VECTOR, true, 9, VECTOR, STRING, SCALAR, SCALAR),
    HISTOGRAM_STDDEV(VECTOR, false, 0, VECTOR),
    HISTOGRAM_STDVAR(VECTOR, false, 0, VECTOR),
    HISTOGRAM_SUM(VECTOR, false, 0, VECTOR),
    HOUR(VECTOR, false, 1, VECTOR),
    IDELTA(VECTOR, false, 0, MATRIX),
    INCREASE(VECTOR, false, 0, MATRIX),
    INFO(VECTOR, true, 1, VECTOR, VECTOR),
    IRATE(VECTOR, false, 0, MATRIX),
    LABEL_JOIN(VECTOR, false, -1, VECTOR, STRING, STRING, STRING),
    LABEL_REPLACE(VECTOR, false, 0, VECTOR, STRING, STRING, STRING, STRING),
    LAST_OVER_TIME(VECTOR, false, 0, MATRIX),
    LN(VECTOR, false, 0, VECTOR),
    LOG10(VECTOR, false, 0, VECTOR),
    LOG2(VECTOR, false, 0, VECTOR),
    MAD_OVER_TIME(VECTOR, true, 0, MATRIX),
    MAX_OF(SCALAR, true, 0, SCALAR, SCALAR),
    MAX_OVER_TIME(VECTOR, false, 0, MATRIX),
    MIN_OF(SCALAR, true, 0, SCALAR, SCALAR),
    MIN_OVER_TIME(VECTOR, false, 0, MATRIX),
    MINUTE(VECTOR, false, 1, VECTOR),
    MONTH(VECTOR, false, 1, VECTOR),
    PI(SCALAR, false, 0),
    PREDICT_LINEAR(VECTOR, false, 0, MATRIX, SCALAR),
    PRESENT_OVER_TIME(VECTOR, false, 0, MATRIX),
    QUANTILE_OVER_TIME(VECTOR, false, 0, SCALAR, MATRIX),
    RAD(VECTOR, false, 0, VECTOR),
    RANGE(SCALAR, true, 0),
    RATE(VECTOR, false, 0, MATRIX),
    RESETS(VECTOR, false, 0, MATRIX),
    ROUND(VECTOR, false, 1, VECTOR, SCALAR),
    SCALAR(SCALAR, false, 0, VECTOR),
    SGN(VECTOR, false, 0, VECTOR),
    SIN(VECTOR, false, 0, VECTOR),
    SINH(VECTOR, false, 0, VECTOR),
    SORT(VECTOR, false, 0, VECTOR),
    SORT_BY_LABEL(VECTOR, true, -1, VECTOR, STRING),
    SORT_BY_LABEL_DESC(VECTOR, true, -1, VECTOR, STRING),
    SORT_DESC(VECTOR, false, 0, VECTOR),
    SQRT(VECTOR, false, 0, VECTOR),
    START(SCALAR, true, 0),
    START_TIMESTAMP(VECTOR, true, 0, VECTOR),
    STDDEV_OVER_TIME(VECTOR, false, 0, MATRIX),
    STDVAR_OVER_TIME(VECTOR, false, 0, MATRIX),
    STEP(SCALAR, true, 0),
    SUM_OVER_TIME(VECTOR, false, 0, MATRIX),
    TAN(VECTOR, false, 0, VECTOR),
    TANH(VECTOR, false, 0, VECTOR),
    TIME(SCALAR, false, 0),
    TIMESTAMP(VECTOR, false, 0, VECTOR),
    TS_OF_FIRST_OVER_TIME(VECTOR, true, 0, MATRIX),
    TS_OF_LAST_OVER_TIME(VECTOR, true, 0, MATRIX),
    TS_OF_MAX_OVER_TIME(VECTOR, true, 0, MATRIX),
    TS_OF_MIN_OVER_TIME(VECTOR, true, 0, MATRIX),
    VECTOR(VECTOR, false, 0, SCALAR),
    YEAR(VECTOR, false, 1, VECTOR);

    private static final Map<String, Function> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Function::symbol, f -> f));

    private final String symbol = name().toLowerCase(Locale.ROOT);
    private final ValueType returnType;
    private final boolean experimental;
    private final int variadic;
    private final List<ValueType> argTypes;

    Function(ValueType returnType, boolean experimental, int variadic, ValueType... argTypes) {
        this.returnType = returnType;
        this.experimental = experimental;
        this.variadic = variadic;
        this.argTypes = List.of(argTypes);
    }

    public static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name in queries. */
    public String symbol() {
        return symbol;
    }

    public ValueType returnType() {
        return returnType;
    }

    public boolean isExperimental() {
        return experimental;
    }

    /** The types of the arguments; the last one repeats where {@link #variadic} says so. */
    public List<ValueType> argTypes() {
        return argTypes;
    }

    /** Zero: exactly the arguments. Positive: the last is optional and this many more may follow. -1: any number. */
    public int variadic() {
        return variadic;
    }
}
