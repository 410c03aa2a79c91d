package io.tocsin.gotemplate;

/** Formats numbers by the verbs of package fmt. Each method tells whether it knows the verb. */
final class NumberFormat {
    private final FormatBuffer buffer;

    NumberFormat(FormatBuffer buffer) {
        this.buffer = buffer;
    }

    boolean integer(GoValue.Int value, int verb) {
        switch (verb) {
            case 'v' -> {
                if (buffer.flags.sharpV && value.kind() == Kind.UINT) {
                    buffer.flags.sharp = true;
                    integer(value, 16, verb, false);
                    buffer.flags.sharp = false;
                } else {
                    integer(value, 10, verb, false);
                }
            }
            case 'd' -> integer(value, 10, verb, false);
            case 'b' -> integer(value, 2, verb, false);
            case 'o', 'O' -> integer(value, 8, verb, false);
            case 'x' -> integer(value, 16, verb, false);
            case 'X' -> integer(value, 16, verb, true);
            case 'c' -> buffer.pad(Utf8.encode(rune(value)));
            case 'q' -> buffer.pad(GoQuote.quoteRune(rune(value), buffer.flags.plus));
            case 'U' -> unicode(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int rune(GoValue.Int value) {
        boolean valid = value.value() >= 0 && value.value() <= Utf8.MAX_RUNE;
        return valid ? (int) value.value() : Utf8.ERROR;
    }

    private void integer(GoValue.Int value, int radix, int verb, boolean upper) {
        boolean negative = value.kind() == Kind.INT && value.value() < 0;
        long magnitude = negative ? -value.value() : value.value();
        if (buffer.flags.hasPrecision && buffer.flags.precision == 0 && magnitude == 0) {
            buffer.writePadding(buffer.flags.width, ' ');
            return;
        }
        String digits = Long.toUnsignedString(magnitude, radix);
        int zeros = 0;
        if (buffer.flags.hasPrecision) {
            zeros = buffer.flags.precision;
        } else if (buffer.flags.zero && !buffer.flags.minus && buffer.flags.hasWidth) {
            zeros = buffer.flags.width - (negative || buffer.flags.plus || buffer.flags.space ? 1 : 0);
        }
        String padded = "0".repeat(Math.max(0, zeros - digits.length())) + digits;
        String sign = negative ? "-" : buffer.flags.plus ? "+" : buffer.flags.space ? " " : "";
        String text = prefix(radix, verb, padded) + padded;
        buffer.padWithSpaces(sign + (upper ? text.toUpperCase(java.util.Locale.ROOT) : text));
    }

    private String prefix(int radix, int verb, String digits) {
        String base = switch (buffer.flags.sharp ? radix : 0) {
            case 2 -> "0b";
            case 8 -> digits.startsWith("0") ? "" : "0";
            case 16 -> "0x";
            default -> "";
        };
        return verb == 'O' ? "0o" + base : base;
    }

    private void unicode(GoValue.Int value) {
        String hex = Long.toHexString(value.value()).toUpperCase(java.util.Locale.ROOT);
        int precision = buffer.flags.hasPrecision ? Math.max(buffer.flags.precision, 4) : 4;
        String text = "U+" + "0".repeat(Math.max(0, precision - hex.length())) + hex;
        boolean known = value.value() >= 0 && value.value() <= Utf8.MAX_RUNE;
        boolean shown = buffer.flags.sharp && known && GoQuote.isPrint((int) value.value());
        buffer.padWithSpaces(text + (shown ? " '" + Utf8.encode((int) value.value()) + "'" : ""));
    }

    boolean floating(double value, int bits, int verb) {
        switch (verb) {
            case 'v' -> floating(value, bits, 'g', -1);
            case 'b', 'g', 'G', 'x', 'X' -> floating(value, bits, (char) verb, -1);
            case 'f', 'e', 'E' -> floating(value, bits, (char) verb, 6);
            case 'F' -> floating(value, bits, 'f', 6);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void floating(double value, int bits, char verb, int defaultPrecision) {
        int precision = buffer.flags.hasPrecision ? buffer.flags.precision : defaultPrecision;
        String text = GoFloat.format(value, verb, precision, bits);
        boolean signed = text.startsWith("-") || text.startsWith("+");
        char sign = signed ? text.charAt(0) : '+';
        String number = signed ? text.substring(1) : text;
        if (buffer.flags.space && sign == '+' && !buffer.flags.plus) {
            sign = ' ';
        }
        if (number.startsWith("I") || number.startsWith("N")) {
            boolean bare = number.startsWith("N") && !buffer.flags.space && !buffer.flags.plus;
            buffer.padWithSpaces(bare ? number : sign + number);
            return;
        }
        if (buffer.flags.sharp && verb != 'b') {
            number = withPoint(number, verb, precision);
        }
        if (!buffer.flags.plus && sign == '+') {
            buffer.pad(number);
        } else if (buffer.flags.zero
                && !buffer.flags.minus
                && buffer.flags.hasWidth
                && buffer.flags.width > number.length() + 1) {
            buffer.write(String.valueOf(sign));
            buffer.writePadding(buffer.flags.width - number.length() - 1, '0');
            buffer.write(number);
        } else {
            buffer.pad(sign + number);
        }
    }

    /** The flag # keeps the decimal point and trailing zeros. */
    private static String withPoint(String number, char verb, int precision) {
        int digits = verb == 'g' || verb == 'G' || verb == 'x' ? (precision == -1 ? 6 : precision) : 0;
        boolean hex = verb == 'x' || verb == 'X';
        int tailAt = -1;
        boolean point = false;
        boolean nonzero = false;
        for (int i = 0; i < number.length() && tailAt < 0; i++) {
            char c = number.charAt(i);
            if (c == '.') {
                point = true;
            } else if (c == 'p' || c == 'P' || (!hex && (c == 'e' || c == 'E'))) {
                tailAt = i;
            } else {
                nonzero |= c != '0';
                digits -= nonzero ? 1 : 0;
            }
        }
        String head = tailAt < 0 ? number : number.substring(0, tailAt);
        String tail = tailAt < 0 ? "" : number.substring(tailAt);
        if (!point) {
            digits -= head.equals("0") ? 1 : 0;
            head += ".";
        }
        return head + "0".repeat(Math.max(0, digits)) + tail;
    }

    boolean complex(GoValue.Complex value, int verb) {
        if ("vbgGxXfFeE".indexOf(verb) < 0) {
            return false;
        }
        boolean plus = buffer.flags.plus;
        buffer.write("(");
        floating(value.re(), 64, verb);
        buffer.flags.plus = true;
        floating(value.im(), 64, verb);
        buffer.write("i)");
        buffer.flags.plus = plus;
        return true;
    }
}
