package io.tocsin.promql.histogram;

/** Where a value lies in a bucket, and which value lies where: on a linear or on a logarithmic scale. */
final class Interpolation {
    private static final double INVERSE_LN2 = 1 / StrictMath.log(2);

    private Interpolation() {}

    /** The part of a bucket with finite bounds, 0 to 1, that lies below a value strictly inside it. */
    static double fractionBelow(double value, double lower, double upper, boolean linear) {
        if (linear) {
            return (value - lower) / (upper - lower);
        }
        double logLower = log2(Math.abs(lower));
        double logUpper = log2(Math.abs(upper));
        double logValue = log2(Math.abs(value));
        return value > 0
                ? (logValue - logLower) / (logUpper - logLower)
                : 1 - ((logValue - logUpper) / (logLower - logUpper));
    }

    /** The value below which {@code fraction} of an exponential bucket lies, on a logarithmic scale. */
    static double exponential(double fraction, double lower, double upper) {
        double logLower = log2(Math.abs(lower));
        double logUpper = log2(Math.abs(upper));
        return lower > 0
                ? StrictMath.pow(2, logLower + (logUpper - logLower) * fraction)
                : -StrictMath.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
    }

    /** Base-2 logarithm, exact for powers of two. */
    static double log2(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return StrictMath.log(value);
        }
        int exponent = Math.getExponent(value);
        if (exponent < Double.MIN_EXPONENT) {
            return log2(value * 0x1p54) - 54;
        }
        double fraction = Math.scalb(value, -exponent);
        return fraction == 1 ? exponent : exponent + StrictMath.log(fraction) * INVERSE_LN2;
    }
}
