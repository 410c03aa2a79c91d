package io.tocsin.promql.model;

import java.math.BigDecimal;

/**
 * Numbers as Go prints them, which is how Prometheus prints them. The digits are the shortest that read back to the
 * same value.
 */
public final class GoFloat {

    private GoFloat() {}

    /** Without an exponent ({@code strconv.FormatFloat(v, 'f', -1, 64)}): the form of sample values in the HTTP API. */
    public static String format(double value) {
        if (value == (long) value && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0)) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return "-0";
        }
        return shortest(value).toPlainString();
    }

    /** With an exponent below 1e-4 and from 1e21 on: what {@code %v} prints. */
    public static String formatV(double value) {
        return general(value, 21);
    }

    /** With an exponent where it is shorter than digits: what {@code %g} prints. */
    public static String formatG(double value) {
        return general(value, -1);
    }

    private static String general(double value, int threshold) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal decimal = shortest(value);
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        int limit = threshold > 0 ? threshold : digits.length() > 21 ? digits.length() : 21;
        if (exponent >= -4 && exponent < limit) {
            return decimal.toPlainString();
        }
        StringBuilder out = new StringBuilder();
        if (value < 0) {
            out.append('-');
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        int magnitude = Math.abs(exponent);
        return out.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
    }

    /** The shortest decimal that reads back to the value, without trailing zeros. */
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            // Double.toString always gives two digits, even where one is enough (4.9E-324).
            BigDecimal one = decimal.round(new java.math.MathContext(1));
            return one.doubleValue() == value ? one.stripTrailingZeros() : decimal;
        }
        return decimal;
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
}
