package io.tocsin.gotemplate;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number literal with all the types that can hold it, as Go's untyped constants are.
 *
 * @param isInt whether it is a whole number that fits an int64
 * @param isUint whether it is a whole number that fits an uint64
 */
record NumberLiteral(
        String text,
        boolean isInt,
        boolean isUint,
        boolean isFloat,
        boolean isComplex,
        long intValue,
        long uintValue,
        double floatValue,
        double imaginary) {

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    /** Signals a literal that is no number. */
    static final class NumberException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        NumberException(String message) {
            super(message);
        }
    }

    static NumberLiteral ofChar(String literal) throws NumberException {
        try {
            int rune = GoQuote.unquoteChar(literal);
            if (rune < 0) {
                throw new NumberException("malformed character constant: " + literal);
            }
            return new NumberLiteral(literal, true, true, true, false, rune, rune, rune, 0);
        } catch (GoQuote.SyntaxException e) {
            throw (NumberException) new NumberException("invalid syntax").initCause(e);
        }
    }

    /** A literal such as 1+2i. */
    static NumberLiteral ofComplex(String text) throws NumberException {
        int split = text.length() - 1;
        while (split > 0 && !isSignAt(text, split)) {
            split--;
        }
        Double re = floatOf(text.substring(0, split));
        Double im = floatOf(text.substring(split, text.length() - 1));
        if (re == null || im == null) {
            throw new NumberException("expected complex");
        }
        return complex(text, re, im);
    }

    private static boolean isSignAt(String text, int i) {
        char before = text.charAt(i - 1);
        return (text.charAt(i) == '+' || text.charAt(i) == '-') && "eEpP".indexOf(before) < 0;
    }

    static NumberLiteral of(String text) throws NumberException {
        if (text.endsWith("i")) {
            Double im = floatOf(text.substring(0, text.length() - 1));
            if (im != null) {
                return complex(text, 0, im);
            }
        }
        BigInteger whole = integerOf(text);
        if (whole != null) {
            boolean signed = text.startsWith("+") || text.startsWith("-");
            boolean isInt = whole.bitLength() < 64;
            boolean isUint = (!signed && whole.compareTo(TWO_64) < 0) || whole.signum() == 0;
            if (isInt || isUint) {
                double value = isInt ? (double) whole.longValue() : whole.doubleValue();
                return new NumberLiteral(
                        text, isInt, isUint, true, false, whole.longValue(), whole.longValue(), value, 0);
            }
        }
        Double value = floatOf(text);
        if (value == null) {
            throw new NumberException("illegal number syntax: " + GoQuote.quote(text, false));
        }
        if (text.chars().noneMatch(c -> ".eEpP".indexOf(c) >= 0)) {
            throw new NumberException("integer overflow: " + GoQuote.quote(text, false));
        }
        return ofFloat(text, value, false, 0);
    }

    private static NumberLiteral complex(String text, double re, double im) {
        return im == 0 ? ofFloat(text, re, true, 0) : new NumberLiteral(text, false, false, false, true, 0, 0, re, im);
    }

    private static NumberLiteral ofFloat(String text, double value, boolean complex, double im) {
        boolean isInt = value >= -0x1p63 && value < 0x1p63 && value == Math.rint(value);
        boolean isUint = value >= 0 && value < 0x1p64 && value == Math.rint(value);
        long uint = isUint ? new java.math.BigDecimal(value).toBigInteger().longValue() : 0;
        return new NumberLiteral(text, isInt, isUint, true, complex, isInt ? (long) value : 0, uint, value, im);
    }

    /** Whether the syntax says that this is a float, and not only its value. */
    boolean looksFloat() {
        boolean hexInt = text.length() > 2
                && text.startsWith("0")
                && "xX".indexOf(text.charAt(1)) >= 0
                && text.chars().noneMatch(c -> c == 'p' || c == 'P');
        return isFloat && !hexInt && !text.startsWith("'") && text.chars().anyMatch(c -> ".eEpP".indexOf(c) >= 0);
    }

    /** Go's ParseInt with base 0: prefixes 0x 0o 0b 0 and underscores between digits. */
    private static @Nullable BigInteger integerOf(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        String body = signed ? text.substring(1) : text;
        if (!underscoresOk(body)) {
            return null;
        }
        String digits = body.replace("_", "").toLowerCase(java.util.Locale.ROOT);
        int radix = 10;
        if (digits.length() > 1 && digits.startsWith("0")) {
            radix = switch (digits.charAt(1)) {
                case 'x' -> 16;
                case 'b' -> 2;
                default -> 8;
            };
            digits = digits.substring("xbo".indexOf(digits.charAt(1)) >= 0 ? 2 : 1);
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= 0x80 || Character.digit(digits.charAt(i), radix) < 0) {
                return null;
            }
        }
        if (digits.isEmpty()) {
            return null;
        }
        BigInteger value = new BigInteger(digits, radix);
        return text.startsWith("-") ? value.negate() : value;
    }

    private static boolean underscoresOk(String body) {
        boolean prefixed = body.length() > 1 && body.startsWith("0") && "xXbBoO".indexOf(body.charAt(1)) >= 0;
        String digits = prefixed ? "0" + body.substring(2) : body;
        return !digits.startsWith("_")
                && !digits.endsWith("_")
                && !digits.contains("__")
                && !digits.contains("_.")
                && !digits.contains("._");
    }

    /** Go's ParseFloat; null when the text is no finite number. */
    private static @Nullable Double floatOf(String text) {
        String body = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        boolean hex = body.startsWith("0x") || body.startsWith("0X");
        boolean wellFormed = body.chars().anyMatch(c -> c >= '0' && c <= '9')
                && !body.endsWith("i")
                && underscoresOk(body)
                && (!hex || body.chars().anyMatch(c -> c == 'p' || c == 'P'))
                && (hex || body.chars().allMatch(c -> "0123456789.eE+-_".indexOf(c) >= 0));
        if (!wellFormed) {
            return null;
        }
        try {
            double value = Double.parseDouble(text.replace("_", ""));
            return Double.isInfinite(value) ? null : (Double) value;
        } catch (NumberFormatException e) {
            return null; // Not a number: the caller says so in its own words.
        }
    }
}
