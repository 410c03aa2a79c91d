package io.tocsin.gotemplate;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text the way Go's {@code strconv.FormatFloat} writes them. */
public final class GoFloat {
    private GoFloat() {}

    /** The decimal digits of a finite number: 0.d1d2d3… × 10^point. */
    private record Digits(String digits, int point) {
        static final Digits ZERO = new Digits("", 0);

        static Digits of(BigDecimal value) {
            BigDecimal plain = value.stripTrailingZeros();
            String digits = plain.unscaledValue().toString();
            return plain.signum() == 0 ? ZERO : new Digits(digits, digits.length() - plain.scale());
        }

        char at(int i) {
            return i >= 0 && i < digits.length() ? digits.charAt(i) : '0';
        }
    }

    /**
     * Formats a number.
     *
     * @param format one of e E f g G b x X, with Go's meanings
     * @param precision digits, or -1 for the shortest text that reads back as the same number
     * @param bits 64, or 32 for Go's float32
     */
    public static String format(double value, char format, int precision, int bits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        double magnitude = Math.abs(value);
        String text = switch (format) {
            case 'b' -> binary(magnitude, bits);
            case 'x', 'X' -> hex(magnitude, precision, format);
            default -> decimal(magnitude, format, precision, bits);
        };
        return negative ? "-" + text : text;
    }

    private static String decimal(double value, char format, int precision, int bits) {
        boolean shortest = precision < 0;
        Digits digits = shortest ? shortest(value, bits) : rounded(value, format, precision);
        return switch (format) {
            case 'e', 'E' ->
                exponent(digits, shortest ? Math.max(digits.digits().length() - 1, 0) : precision, format);
            case 'f' -> plain(digits, shortest ? Math.max(digits.digits().length() - digits.point(), 0) : precision);
            default -> general(digits, shortest, precision, format);
        };
    }

    private static String general(Digits digits, boolean shortest, int precision, char format) {
        int count = digits.digits().length();
        int wanted = shortest ? 6 : Math.max(precision, 1);
        int threshold = !shortest && wanted > count && count >= digits.point() ? count : wanted;
        int exponent = digits.point() - 1;
        if (count == 0) {
            return "0";
        }
        if (exponent < -4 || exponent >= threshold) {
            int shown = shortest ? count : Math.min(wanted, count);
            return exponent(digits, shown - 1, format == 'G' ? 'E' : 'e');
        }
        return plain(digits, Math.max(count - digits.point(), 0));
    }

    private static Digits rounded(double value, char format, int precision) {
        BigDecimal exact = new BigDecimal(value);
        if (exact.signum() == 0) {
            return Digits.ZERO;
        }
        if (format == 'f') {
            return Digits.of(exact.setScale(precision, RoundingMode.HALF_EVEN));
        }
        int significant = format == 'g' || format == 'G' ? Math.max(precision, 1) : precision + 1;
        int excess = exact.precision() - significant;
        return Digits.of(excess <= 0 ? exact : exact.setScale(exact.scale() - excess, RoundingMode.HALF_EVEN));
    }

    private static Digits shortest(double value, int bits) {
        BigDecimal text = new BigDecimal(bits == 32 ? Float.toString((float) value) : Double.toString(value));
        Digits digits = Digits.of(text);
        return digits.digits().length() == 2 ? oneDigit(value, bits, text, digits) : digits;
    }

    /** Java prefers two digits where one is enough (4.9E-324 for 5e-324). */
    private static Digits oneDigit(double value, int bits, BigDecimal text, Digits digits) {
        BigDecimal one = text.setScale(1 - digits.point(), RoundingMode.HALF_EVEN);
        boolean same = bits == 32 ? one.floatValue() == (float) value : one.doubleValue() == value;
        return same ? Digits.of(one) : digits;
    }

    private static String exponent(Digits digits, int precision, char letter) {
        StringBuilder out = new StringBuilder().append(digits.at(0));
        if (precision > 0) {
            out.append('.');
            for (int i = 1; i <= precision; i++) {
                out.append(digits.at(i));
            }
        }
        int exponent = digits.digits().isEmpty() ? 0 : digits.point() - 1;
        int size = Math.abs(exponent);
        return out.append(letter)
                .append(exponent < 0 ? '-' : '+')
                .append(size < 10 ? "0" : "")
                .append(size)
                .toString();
    }

    private static String plain(Digits digits, int precision) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < digits.point(); i++) {
            out.append(digits.at(i));
        }
        if (digits.point() <= 0) {
            out.append('0');
        }
        if (precision > 0) {
            out.append('.');
            for (int i = 0; i < precision; i++) {
                out.append(digits.at(digits.point() + i));
            }
        }
        return out.toString();
    }

    /** The mantissa as an integer and the binary exponent, as 4503599627370496p-52. */
    private static String binary(double value, int bits) {
        boolean single = bits == 32;
        long raw = single ? Float.floatToIntBits((float) value) : Double.doubleToLongBits(value);
        int width = single ? 23 : 52;
        int bias = single ? 127 : 1023;
        int exponent = (int) (raw >>> width);
        long mantissa = raw & ((1L << width) - 1);
        long full = exponent == 0 ? mantissa : mantissa | (1L << width);
        int power = Math.max(exponent, 1) - bias - width;
        return full + "p" + (power >= 0 ? "+" : "") + power;
    }

    /** Hexadecimal mantissa and decimal exponent, as 0x1.8p+01. */
    private static String hex(double value, int precision, char format) {
        int exponent = value == 0 ? 0 : Math.getExponent(value);
        long mantissa = Double.doubleToLongBits(value) & ((1L << 52) - 1);
        if (value != 0 && exponent < Double.MIN_EXPONENT) {
            int shift = Long.numberOfLeadingZeros(mantissa) - 11;
            mantissa = (mantissa << shift) & ((1L << 52) - 1);
            exponent = Double.MIN_EXPONENT - shift;
        }
        long full = value == 0 ? 0 : mantissa | (1L << 52);
        if (precision >= 0 && precision < 13) {
            int drop = 4 * (13 - precision);
            long half = 1L << (drop - 1);
            long rest = full & ((1L << drop) - 1);
            boolean up = rest > half || (rest == half && ((full >>> drop) & 1) != 0);
            full = ((full >>> drop) + (up ? 1 : 0)) << drop;
            if (full >>> 53 != 0) {
                full >>>= 1;
                exponent++;
            }
        }
        return hexText(full, exponent, precision, format);
    }

    private static String hexText(long full, int exponent, int precision, char format) {
        StringBuilder fraction = new StringBuilder(String.format("%013x", full & ((1L << 52) - 1)));
        if (precision < 0) {
            while (!fraction.isEmpty() && fraction.charAt(fraction.length() - 1) == '0') {
                fraction.setLength(fraction.length() - 1);
            }
        } else {
            while (fraction.length() < precision) {
                fraction.append('0');
            }
            fraction.setLength(precision);
        }
        int size = Math.abs(exponent);
        String text = "0x" + (full >>> 52) + (fraction.isEmpty() ? "" : "." + fraction) + "p"
                + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
        return format == 'X' ? text.toUpperCase(java.util.Locale.ROOT) : text;
    }
}
