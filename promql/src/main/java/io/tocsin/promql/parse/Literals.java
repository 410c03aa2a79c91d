package io.tocsin.promql.parse;

import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The values of literals: numbers as Go reads them, durations as Prometheus reads them, strings with escapes. */
public final class Literals {

    /** What is wrong with a literal. */
    public static final class MalformedLiteralException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedLiteralException(String message) {
            super(message);
        }
    }

    /** A unit of durations, in nanoseconds; longer units come first in a duration. */
    private record Unit(String name, long nanos) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("y", 365L * 86_400_000_000_000L),
            new Unit("w", 7L * 86_400_000_000_000L),
            new Unit("d", 86_400_000_000_000L),
            new Unit("h", 3_600_000_000_000L),
            new Unit("m", 60_000_000_000L),
            new Unit("s", 1_000_000_000L),
            new Unit("ms", 1_000_000L));

    private Literals() {}

    /** A number: an integer with Go's base prefixes ({@code 010} is eight), or else a decimal float. */
    public static double number(String text) throws MalformedLiteralException {
        String digits = text.replace("_", "");
        boolean grouped = digits.length() == text.length() || underscoresSeparateDigits(text);
        if (grouped) {
            try {
                return integer(digits);
            } catch (NumberFormatException notAnInteger) {
                // It is a float, or nothing.
            }
        }
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        if (!grouped || hex) {
            throw new MalformedLiteralException(malformed(text, "invalid syntax"));
        }
        return decimal(text, digits);
    }

    /** A duration such as {@code 1h30m}, in nanoseconds. */
    public static long durationNanos(String text) throws MalformedLiteralException {
        if (text.equals("0")) {
            return 0;
        }
        if (text.isEmpty()) {
            throw new MalformedLiteralException("empty duration string");
        }
        String invalid = "not a valid duration string: " + GoQuote.quote(text);
        long total = 0;
        int unitFrom = 0;
        int i = 0;
        while (i < text.length()) {
            int number = i;
            while (i < text.length() && isDigit(text.charAt(i))) {
                i++;
            }
            int unitStart = i;
            while (i < text.length() && !isDigit(text.charAt(i))) {
                i++;
            }
            if (unitStart == number || unitStart == i || unitStart - number > 19) {
                throw new MalformedLiteralException(invalid);
            }
            int unit = unit(text.substring(unitStart, i), text);
            if (unit < unitFrom) {
                throw new MalformedLiteralException(invalid);
            }
            unitFrom = unit + 1;
            total = plus(total, text.substring(number, unitStart), UNITS.get(unit).nanos());
        }
        return total;
    }

    /** A duration as Prometheus prints it, in whole milliseconds. */
    public static String formatDuration(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder(millis < 0 ? "-" : "");
        long rest = Math.abs(millis);
        for (Unit unit : UNITS) {
            long size = unit.nanos() / 1_000_000;
            // 90d reads better than 12w6d.
            boolean exactOnly = unit.name().equals("y") || unit.name().equals("w");
            long count = exactOnly && rest % size != 0 ? 0 : rest / size;
            if (count > 0) {
                out.append(count).append(unit.name());
                rest -= count * size;
            }
        }
        return out.toString();
    }

    /** The text of a quoted literal: single, double or back quotes. */
    public static String unquote(String literal) {
        String body = literal.substring(1, literal.length() - 1);
        if (literal.charAt(0) == '`' || body.indexOf('\\') < 0) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length());
        int i = 0;
        while (i < body.length()) {
            int slash = body.indexOf('\\', i);
            if (slash < 0) {
                out.writeBytes(Utf8.encode(body.substring(i)));
                break;
            }
            out.writeBytes(Utf8.encode(body.substring(i, slash)));
            i = unescape(body, slash + 1, out);
        }
        byte[] bytes = out.toByteArray();
        return Utf8.decode(bytes, 0, bytes.length);
    }

    private static int unescape(String body, int at, ByteArrayOutputStream out) {
        char c = body.charAt(at);
        int plain = "abfnrtv".indexOf(c);
        if (plain >= 0) {
            out.write("\u0007\b\f\n\r\t\u000b".charAt(plain));
            return at + 1;
        }
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0) {
            int value = Integer.parseInt(body.substring(at + 1, at + 1 + digits), 16);
            if (c == 'x') {
                out.write(value);
            } else {
                out.writeBytes(Utf8.encode(Character.toString(value)));
            }
            return at + 1 + digits;
        }
        if (c >= '0' && c <= '7') {
            out.write(Integer.parseInt(body.substring(at, at + 3), 8));
            return at + 3;
        }
        out.write(c);
        return at + 1;
    }

    private static long integer(String digits) {
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return Long.parseLong(digits.substring(2), 16);
        }
        boolean octal = digits.length() > 1 && digits.charAt(0) == '0';
        return Long.parseLong(digits, octal ? 8 : 10);
    }

    private static double decimal(String text, String digits) throws MalformedLiteralException {
        String lower = digits.toLowerCase(java.util.Locale.ROOT);
        if (lower.equals("inf")) {
            return Double.POSITIVE_INFINITY;
        }
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        double value;
        try {
            value = Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw new MalformedLiteralException(malformed(text, "invalid syntax"));
        }
        if (Double.isInfinite(value)) {
            throw new MalformedLiteralException(malformed(text, "value out of range"));
        }
        return value;
    }

    private static String malformed(String text, String why) {
        return "error parsing number: strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": " + why;
    }

    private static boolean underscoresSeparateDigits(String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        char last = hex ? '0' : 'i';
        for (int i = hex ? 2 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c) || hex && Character.digit(c, 16) >= 0) {
                last = '0';
            } else if (c == '_') {
                if (last != '0') {
                    return false;
                }
                last = '_';
            } else {
                if (last == '_') {
                    return false;
                }
                last = '!';
            }
        }
        return last != '_';
    }

    private static int unit(String name, String duration) throws MalformedLiteralException {
        for (int i = 0; i < UNITS.size(); i++) {
            if (UNITS.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new MalformedLiteralException(
                "unknown unit " + GoQuote.quote(name) + " in duration " + GoQuote.quote(duration));
    }

    private static long plus(long total, String count, long nanos) throws MalformedLiteralException {
        try {
            return Math.addExact(total, Math.multiplyExact(Long.parseLong(count), nanos));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MalformedLiteralException("duration out of range");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
