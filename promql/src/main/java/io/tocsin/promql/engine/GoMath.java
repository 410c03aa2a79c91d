package io.tocsin.promql.engine;

/**
 * The functions of Go's {@code math} that Java lacks or defines otherwise. All are strict, so that every machine gives the
 * same bits.
 */
final class GoMath {

    private static final double LN2 = 0.693147180559945309417232121458176568;
    /** Beyond 2^28, x and sqrt(x² + 1) are the same number. */
    private static final double LARGE = 1 << 28;

    private GoMath() {}

    /** Like IEEE 754's pow: 1 to any power is 1, and so is -1 to an infinite power. */
    static double pow(double base, double exponent) {
        if (base == 1 || base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        return StrictMath.pow(base, exponent);
    }

    /** Exact for powers of two. */
    static double log2(double x) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return StrictMath.log(x);
        }
        double scaled = x;
        int exponent = 0;
        if (x < Double.MIN_NORMAL) {
            scaled = x * 0x1p52;
            exponent = -52;
        }
        exponent += Math.getExponent(scaled) + 1;
        double fraction = Math.scalb(scaled, -(Math.getExponent(scaled) + 1));
        if (fraction == 0.5) {
            return exponent - 1;
        }
        return StrictMath.log(fraction) * (1 / LN2) + exponent;
    }

    static double asinh(double x) {
        if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
            return x;
        }
        double a = Math.abs(x);
        double result;
        if (a > LARGE) {
            result = StrictMath.log(a) + LN2;
        } else if (a > 2) {
            result = StrictMath.log(2 * a + 1 / (StrictMath.sqrt(a * a + 1) + a));
        } else if (a < 1 / LARGE) {
            result = a;
        } else {
            result = StrictMath.log1p(a + a * a / (1 + StrictMath.sqrt(1 + a * a)));
        }
        return Math.copySign(result, x);
    }

    static double acosh(double x) {
        if (x < 1 || Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x >= LARGE) {
            return StrictMath.log(x) + LN2;
        }
        if (x > 2) {
            return StrictMath.log(2 * x - 1 / (x + StrictMath.sqrt(x * x - 1)));
        }
        double t = x - 1;
        return StrictMath.log1p(t + StrictMath.sqrt(2 * t + t * t));
    }

    static double atanh(double x) {
        if (x < -1 || x > 1 || Double.isNaN(x)) {
            return Double.NaN;
        }
        double a = Math.abs(x);
        double result;
        if (a < 1 / LARGE) {
            result = a;
        } else if (a < 0.5) {
            double twice = a + a;
            result = 0.5 * StrictMath.log1p(twice + twice * a / (1 - a));
        } else {
            result = 0.5 * StrictMath.log1p((a + a) / (1 - a));
        }
        return Math.copySign(result, x);
    }

    static double sign(double x) {
        return x < 0 ? -1 : x > 0 ? 1 : x;
    }

    /** Neumaier's compensation after {@code sum + increment}; an infinite sum has none. */
    static double compensation(double sum, double compensation, double increment) {
        double total = sum + increment;
        if (total > Double.MAX_VALUE || total < -Double.MAX_VALUE) {
            return 0;
        }
        return Math.abs(sum) >= Math.abs(increment)
                ? compensation + ((sum - total) + increment)
                : compensation + ((increment - total) + sum);
    }
}
