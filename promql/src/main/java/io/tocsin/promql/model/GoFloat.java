package io.tocsin.promql.model;

import java.math.BigDecimal;
import java.math.MathContext;

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

    /** With an exponent below 1e-4 and from 1e6 on: what {@code %v} and {@code %g} print. */
    public static String formatG(double value) {
        return Double.isFinite(value) && value != 0 ? general(shortest(value), 6) : plain(value);
    }

    /** Rounded to some significant digits, in the form of {@code %.3g}. */
    public static String formatG(double value, int digits) {
        return Double.isFinite(value) && value != 0
                ? general(new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros(), digits)
                : plain(value);
    }

    private static String plain(double value) {
        return value == 0 ? (1 / value < 0 ? "-0" : "0") : special(value);
    }

    private static String general(BigDecimal decimal, int limit) {
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < limit) {
            return decimal.toPlainString();
        }
        StringBuilder out = new StringBuilder();
        if (decimal.signum() < 0) {
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
            BigDecimal one = decimal.round(new MathContext(1));
            return one.doubleValue() == value ? one.stripTrailingZeros() : decimal;
        }
        return decimal;
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
}
