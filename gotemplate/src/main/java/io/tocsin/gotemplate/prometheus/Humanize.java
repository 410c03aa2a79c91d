package io.tocsin.gotemplate.prometheus;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.GoFloat;
import io.tocsin.gotemplate.GoTime;
import io.tocsin.gotemplate.GoType;
import io.tocsin.gotemplate.GoValue;
import java.time.Instant;
import java.util.List;

/** Numbers for people, as Prometheus' template functions write them: four significant digits and a prefix. */
public final class Humanize {
    private static final List<String> LARGE = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
    private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");
    private static final List<String> BINARY = List.of("ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi");

    private Humanize() {}

    /** What a number or the text of one is; a duration counts in seconds. */
    public static double number(GoValue value) throws FunctionException {
        GoValue content = GoValue.unbox(value);
        return switch (content) {
            case GoValue.Real real when real.type().equals(GoType.FLOAT64) -> real.value();
            case GoValue.Int duration when duration.type().equals(GoTime.DURATION) -> duration.value() / 1e9;
            case GoValue.Int i when i.type().equals(GoType.INT) || i.type().equals(GoType.INT64) -> i.value();
            case GoValue.Int i
            when i.type().equals(GoType.UINT) || i.type().equals(GoType.UINT64) ->
                new java.math.BigDecimal(Long.toUnsignedString(i.value())).doubleValue();
            case GoValue.Str s when s.type().equals(GoType.STRING) -> parse(s.text());
            default -> throw new FunctionException("can't convert " + content.type() + " to float");
        };
    }

    private static double parse(String text) throws FunctionException {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        boolean negative = lower.startsWith("-");
        String plain = negative || lower.startsWith("+") ? lower.substring(1) : lower;
        if (plain.equals("inf") || plain.equals("infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        String syntax = "strconv.ParseFloat: parsing " + GoValue.quoted(text) + ": invalid syntax";
        boolean javaOnly = plain.isEmpty() || !plain.strip().equals(plain) || plain.matches(".*[fd]|nan|infinity");
        boolean hex = plain.startsWith("0x");
        if (javaOnly && !hex) {
            throw new FunctionException(syntax);
        }
        try {
            return Double.parseDouble(lower);
        } catch (NumberFormatException e) {
            throw new FunctionException(syntax, e);
        }
    }

    public static String digits(double value) {
        return GoFloat.format(value, 'g', 4, 64);
    }

    private static boolean isPlain(double value) {
        return value == 0 || Double.isNaN(value) || Double.isInfinite(value);
    }

    public static String si(double value) {
        if (isPlain(value)) {
            return digits(value);
        }
        return Math.abs(value) >= 1 ? scaled(value, 1000, LARGE) : small(value);
    }

    public static String binary(double value) {
        boolean plain = Math.abs(value) <= 1 || isPlain(value);
        return plain ? digits(value) : scaled(value, 1024, BINARY);
    }

    private static String scaled(double value, int base, List<String> prefixes) {
        double rest = value;
        String prefix = "";
        for (String next : prefixes) {
            if (Math.abs(rest) < base) {
                break;
            }
            prefix = next;
            rest /= base;
        }
        return digits(rest) + prefix;
    }

    private static String small(double value) {
        double rest = value;
        String prefix = "";
        for (String next : SMALL) {
            if (Math.abs(rest) >= 1) {
                break;
            }
            prefix = next;
            rest *= 1000;
        }
        return digits(rest) + prefix;
    }

    public static String percentage(double share) {
        return digits(share * 100) + "%";
    }

    /** Seconds as days, hours, minutes and seconds; below a second with a prefix. */
    public static String duration(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return digits(value);
        }
        if (value == 0) {
            return digits(value) + "s";
        }
        if (Math.abs(value) < 1) {
            return small(value) + "s";
        }
        String sign = value < 0 ? "-" : "";
        long whole = (long) Math.abs(value);
        long minutes = whole / 60 % 60;
        long hours = whole / 3600 % 24;
        long days = whole / 86_400;
        String seconds = whole % 60 + "s";
        if (days != 0) {
            return sign + days + "d " + hours + "h " + minutes + "m " + seconds;
        }
        if (hours != 0) {
            return sign + hours + "h " + minutes + "m " + seconds;
        }
        return minutes != 0 ? sign + minutes + "m " + seconds : sign + digits(Math.abs(value)) + "s";
    }

    /** Unix seconds as a time, to the millisecond below. */
    public static Instant instant(double seconds) throws FunctionException {
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw new FunctionException("value is NaN or Inf");
        }
        double nanos = seconds * 1e9;
        if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
            throw new FunctionException(GoFloat.format(seconds, 'g', -1, 64)
                    + " cannot be represented as a nanoseconds timestamp since it overflows int64");
        }
        return Instant.ofEpochMilli((long) nanos / 1_000_000);
    }
}
