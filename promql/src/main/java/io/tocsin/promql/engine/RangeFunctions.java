package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.Function;

/** Which range function does what. */
final class RangeFunctions {

    private RangeFunctions() {}

    /** Whether the function takes a range vector. */
    static boolean takesRange(Function function) {
        return function.argTypes().contains(io.tocsin.promql.ast.ValueType.MATRIX);
    }

    /** Whether the result keeps the name: these functions act like an offset. */
    static boolean keepsName(Function function) {
        return function == Function.FIRST_OVER_TIME || function == Function.LAST_OVER_TIME;
    }

    static RangeFunction of(CallSite site) {
        checkExtension(site.function(), site.extension());
        boolean extended = site.extension() != Extension.NONE;
        return switch (site.function()) {
            case RATE -> extended ? new Extended(site, true, true) : new Rates(site, true, true);
            case INCREASE -> extended ? new Extended(site, true, false) : new Rates(site, true, false);
            case DELTA -> extended ? new Extended(site, false, false) : new Rates(site, false, false);
            case IRATE -> new LastTwo(site, true);
            case IDELTA -> new LastTwo(site, false);
            case CHANGES -> new OverTime.Steps(site, false);
            case RESETS -> new OverTime.Steps(site, true);
            case COUNT_OVER_TIME -> new OverTime.Count(false);
            case PRESENT_OVER_TIME, ABSENT_OVER_TIME -> new OverTime.Count(true);
            case FIRST_OVER_TIME -> new OverTime.Edge(false, false);
            case LAST_OVER_TIME -> new OverTime.Edge(true, false);
            case TS_OF_FIRST_OVER_TIME -> new OverTime.Edge(false, true);
            case TS_OF_LAST_OVER_TIME -> new OverTime.Edge(true, true);
            case MAX_OVER_TIME -> new OverTime.Extreme(site, true);
            case MIN_OVER_TIME -> new OverTime.Extreme(site, false);
            case TS_OF_MAX_OVER_TIME -> new OverTime.ExtremeTime(site, true);
            case TS_OF_MIN_OVER_TIME -> new OverTime.ExtremeTime(site, false);
            case QUANTILE_OVER_TIME, MAD_OVER_TIME -> new OverTime.Quantile(site);
            case SUM_OVER_TIME -> new Moments.SumOrMean(site, false);
            case AVG_OVER_TIME -> new Moments.SumOrMean(site, true);
            case STDDEV_OVER_TIME -> new Moments.Variance(site, true);
            case STDVAR_OVER_TIME -> new Moments.Variance(site, false);
            case DERIV -> new Moments.Trend(site, false);
            case PREDICT_LINEAR -> new Moments.Trend(site, true);
            case DOUBLE_EXPONENTIAL_SMOOTHING -> new Moments.Smoothing(site);
            default -> throw new IllegalArgumentException("no range function: " + site.function());
        };
    }

    private static void checkExtension(Function function, Extension extension) {
        boolean rate = function == Function.RATE || function == Function.INCREASE || function == Function.DELTA;
        boolean steps = function == Function.CHANGES || function == Function.RESETS;
        if (extension == Extension.ANCHORED && !rate && !steps) {
            throw PromqlException.execution(
                    "anchored modifier can only be used with: changes, delta, increase, rate, resets - not with "
                            + function.symbol());
        }
        if (extension == Extension.SMOOTHED && !rate) {
            throw PromqlException.execution(
                    "smoothed modifier can only be used with: delta, increase, rate - not with " + function.symbol());
        }
    }
}
