package io.tocsin.promql.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of PromQL with their signatures: what each returns, whether it is experimental, what it takes. */
public enum Function {
    ABS(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ABSENT(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ABSENT_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    ACOS(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ACOSH(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ASIN(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ASINH(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ATAN(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    ATANH(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    AVG_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    CEIL(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    CHANGES(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    CLAMP(ValueType.VECTOR, false, 0, ValueType.VECTOR, ValueType.SCALAR, ValueType.SCALAR),
    CLAMP_MAX(ValueType.VECTOR, false, 0, ValueType.VECTOR, ValueType.SCALAR),
    CLAMP_MIN(ValueType.VECTOR, false, 0, ValueType.VECTOR, ValueType.SCALAR),
    COS(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    COSH(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    COUNT_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    DAY_OF_MONTH(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    DAY_OF_WEEK(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    DAY_OF_YEAR(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    DAYS_IN_MONTH(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    DEG(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    DELTA(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    DERIV(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    DOUBLE_EXPONENTIAL_SMOOTHING(ValueType.VECTOR, true, 0, ValueType.MATRIX, ValueType.SCALAR, ValueType.SCALAR),
    END(ValueType.SCALAR, true, 0),
    EXP(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    FIRST_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    FLOOR(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    HISTOGRAM_AVG(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    HISTOGRAM_COUNT(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    HISTOGRAM_FRACTION(ValueType.VECTOR, false, 0, ValueType.SCALAR, ValueType.SCALAR, ValueType.VECTOR),
    HISTOGRAM_QUANTILE(ValueType.VECTOR, false, 0, ValueType.SCALAR, ValueType.VECTOR),
    HISTOGRAM_QUANTILES(ValueType.VECTOR, true, 9, ValueType.VECTOR, ValueType.STRING, ValueType.SCALAR, ValueType.SCALAR),
    HISTOGRAM_STDDEV(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    HISTOGRAM_STDVAR(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    HISTOGRAM_SUM(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    HOUR(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    IDELTA(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    INCREASE(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    INFO(ValueType.VECTOR, true, 1, ValueType.VECTOR, ValueType.VECTOR),
    IRATE(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    LABEL_JOIN(ValueType.VECTOR, false, -1, ValueType.VECTOR, ValueType.STRING, ValueType.STRING, ValueType.STRING),
    LABEL_REPLACE(ValueType.VECTOR, false, 0, ValueType.VECTOR, ValueType.STRING, ValueType.STRING, ValueType.STRING, ValueType.STRING),
    LAST_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    LN(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    LOG10(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    LOG2(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    MAD_OVER_TIME(ValueType.VECTOR, true, 0, ValueType.MATRIX),
    MAX_OF(ValueType.SCALAR, true, 0, ValueType.SCALAR, ValueType.SCALAR),
    MAX_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    MIN_OF(ValueType.SCALAR, true, 0, ValueType.SCALAR, ValueType.SCALAR),
    MIN_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    MINUTE(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    MONTH(ValueType.VECTOR, false, 1, ValueType.VECTOR),
    PI(ValueType.SCALAR, false, 0),
    PREDICT_LINEAR(ValueType.VECTOR, false, 0, ValueType.MATRIX, ValueType.SCALAR),
    PRESENT_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    QUANTILE_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.SCALAR, ValueType.MATRIX),
    RAD(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    RANGE(ValueType.SCALAR, true, 0),
    RATE(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    RESETS(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    ROUND(ValueType.VECTOR, false, 1, ValueType.VECTOR, ValueType.SCALAR),
    SCALAR(ValueType.SCALAR, false, 0, ValueType.VECTOR),
    SGN(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    SIN(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    SINH(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    SORT(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    SORT_BY_LABEL(ValueType.VECTOR, true, -1, ValueType.VECTOR, ValueType.STRING),
    SORT_BY_LABEL_DESC(ValueType.VECTOR, true, -1, ValueType.VECTOR, ValueType.STRING),
    SORT_DESC(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    SQRT(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    START(ValueType.SCALAR, true, 0),
    START_TIMESTAMP(ValueType.VECTOR, true, 0, ValueType.VECTOR),
    STDDEV_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    STDVAR_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    STEP(ValueType.SCALAR, true, 0),
    SUM_OVER_TIME(ValueType.VECTOR, false, 0, ValueType.MATRIX),
    TAN(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    TANH(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    TIME(ValueType.SCALAR, false, 0),
    TIMESTAMP(ValueType.VECTOR, false, 0, ValueType.VECTOR),
    TS_OF_FIRST_OVER_TIME(ValueType.VECTOR, true, 0, ValueType.MATRIX),
    TS_OF_LAST_OVER_TIME(ValueType.VECTOR, true, 0, ValueType.MATRIX),
    TS_OF_MAX_OVER_TIME(ValueType.VECTOR, true, 0, ValueType.MATRIX),
    TS_OF_MIN_OVER_TIME(ValueType.VECTOR, true, 0, ValueType.MATRIX),
    VECTOR(ValueType.VECTOR, false, 0, ValueType.SCALAR),
    YEAR(ValueType.VECTOR, false, 1, ValueType.VECTOR);

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
