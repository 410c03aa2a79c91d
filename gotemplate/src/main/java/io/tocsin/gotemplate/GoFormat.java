package io.tocsin.gotemplate;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code fmt}: printing of values with {@code Sprint}, {@code Sprintln} and {@code Sprintf}, over byte strings.
 * The output is limited; flags and verbs are those of package fmt.
 */
final class GoFormat {
    private static final int MAX_NUMBER = 1_000_000;

    private final int limit;
    private final StringBuilder out = new StringBuilder();
    private Flags flags = new Flags();
    private boolean erroring;

    /** Flags, width and precision of the verb at hand. */
    private static final class Flags {
        boolean plus;
        boolean minus;
        boolean sharp;
        boolean space;
        boolean zero;
        boolean plusV;
        boolean sharpV;
        boolean hasWidth;
        boolean hasPrecision;
        int width;
        int precision;
    }

    /** Signals output beyond the limit. */
    static final class TooLongException extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        TooLongException(int limit) {
            super("output exceeds " + limit + " bytes", null, false, false);
        }
    }

    GoFormat(int limit) {
        this.limit = limit;
    }

    static String print(int limit, List<GoValue> arguments) {
        GoFormat format = new GoFormat(limit);
        boolean previousIsString = false;
        for (int i = 0; i < arguments.size(); i++) {
            GoValue argument = GoValue.unbox(arguments.get(i));
            boolean isString = argument.kind() == Kind.STRING;
            if (i > 0 && !isString && !previousIsString) {
                format.write(" ");
            }
            format.argument(argument, 'v');
            previousIsString = isString;
        }
        return format.out.toString();
    }

    static String println(int limit, List<GoValue> arguments) {
        GoFormat format = new GoFormat(limit);
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                format.write(" ");
            }
            format.argument(GoValue.unbox(arguments.get(i)), 'v');
        }
        format.write("\n");
        return format.out.toString();
    }

    /** Formats one value as {@code %v}, or with another simple verb. */
    static String one(GoValue value, char verb) {
        GoFormat format = new GoFormat(Integer.MAX_VALUE);
        format.argument(GoValue.unbox(value), verb);
        return format.out.toString();
    }

    static String printf(int limit, String template, List<GoValue> arguments) {
        GoFormat format = new GoFormat(limit);
        new Directives(format, template, arguments).run();
        return format.out.toString();
    }

    /** Reads the directives of one format string. */
    private static final class Directives {
        private final GoFormat format;
        private final String text;
        private final List<GoValue> arguments;
        private int at;
        private int next;
        private boolean reordered;
        private boolean goodIndex = true;
        private boolean afterIndex;

        Directives(GoFormat format, String text, List<GoValue> arguments) {
            this.format = format;
            this.text = text;
            this.arguments = arguments;
        }

        void run() {
            while (at < text.length()) {
                int percent = text.indexOf('%', at);
                format.write(text.substring(at, percent < 0 ? text.length() : percent));
                if (percent < 0) {
                    break;
                }
                at = percent + 1;
                directive();
            }
            if (!reordered && next < arguments.size()) {
                extra();
            }
        }

        private void directive() {
            format.flags = new Flags();
            goodIndex = true;
            afterIndex = false;
            flags();
            index();
            width();
            precision();
            if (!afterIndex) {
                index();
            }
            if (at >= text.length()) {
                format.write("%!(NOVERB)");
                return;
            }
            int verb = Utf8.runeAt(text, at);
            at += Utf8.sizeAt(text, at);
            verb(verb);
        }

        private void flags() {
            for (; at < text.length(); at++) {
                switch (text.charAt(at)) {
                    case '#' -> format.flags.sharp = true;
                    case '0' -> format.flags.zero = true;
                    case '+' -> format.flags.plus = true;
                    case '-' -> format.flags.minus = true;
                    case ' ' -> format.flags.space = true;
                    default -> {
                        return;
                    }
                }
            }
        }

        private void width() {
            Flags flags = format.flags;
            if (at < text.length() && text.charAt(at) == '*') {
                at++;
                Integer width = intArgument();
                flags.hasWidth = width != null;
                flags.width = width == null ? 0 : Math.abs(width);
                if (width == null) {
                    format.write("%!(BADWIDTH)");
                } else if (width < 0) {
                    flags.minus = true;
                    flags.zero = false;
                }
                afterIndex = false;
                return;
            }
            Integer width = number();
            flags.hasWidth = width != null;
            flags.width = width == null ? 0 : width;
            if (afterIndex && width != null) {
                goodIndex = false;
            }
        }

        private void precision() {
            if (at + 1 >= text.length() || text.charAt(at) != '.') {
                return;
            }
            at++;
            if (afterIndex) {
                goodIndex = false;
            }
            index();
            Flags flags = format.flags;
            if (at < text.length() && text.charAt(at) == '*') {
                at++;
                Integer precision = intArgument();
                flags.hasPrecision = precision != null && precision >= 0;
                flags.precision = precision == null ? 0 : Math.max(precision, 0);
                if (!flags.hasPrecision) {
                    format.write("%!(BADPREC)");
                }
                afterIndex = false;
            } else {
                Integer precision = number();
                flags.hasPrecision = true;
                flags.precision = precision == null ? 0 : precision;
            }
        }

        /** Digits at the current place; null without digits or when absurdly large. */
        private @Nullable Integer number() {
            int value = 0;
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                if (value > MAX_NUMBER) {
                    at = text.length();
                    return null;
                }
                value = value * 10 + text.charAt(at++) - '0';
            }
            return at > start ? value : null;
        }

        private @Nullable Integer intArgument() {
            if (next >= arguments.size()) {
                return null;
            }
            GoValue value = GoValue.unbox(arguments.get(next++));
            boolean fits =
                    value instanceof GoValue.Int i && Math.abs(i.value()) <= MAX_NUMBER && i.value() > Long.MIN_VALUE;
            return fits ? (Integer) (int) ((GoValue.Int) value).value() : null;
        }

        /** An explicit argument index such as [2]. */
        private void index() {
            afterIndex = false;
            if (at >= text.length() || text.charAt(at) != '[') {
                return;
            }
            reordered = true;
            int close = text.length() - at < 3 ? -1 : text.indexOf(']', at + 1);
            int wanted = close < 0 ? -1 : indexNumber(at + 1, close);
            at = close < 0 ? at + 1 : close + 1;
            boolean wellFormed = wanted != -1;
            if (wellFormed && wanted >= 1 && wanted <= arguments.size()) {
                next = wanted - 1;
                afterIndex = true;
            } else {
                goodIndex = false;
                afterIndex = wellFormed;
            }
        }

        private int indexNumber(int from, int to) {
            int value = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9' || value > MAX_NUMBER) {
                    return -1;
                }
                value = value * 10 + c - '0';
            }
            return from == to ? -1 : value;
        }

        private void verb(int verb) {
            if (verb == '%') {
                format.write("%");
            } else if (!goodIndex) {
                format.write("%!" + Utf8.encode(verb) + "(BADINDEX)");
            } else if (next >= arguments.size()) {
                format.write("%!" + Utf8.encode(verb) + "(MISSING)");
            } else {
                if (verb == 'v') {
                    format.flags.sharpV = format.flags.sharp;
                    format.flags.sharp = false;
                    format.flags.plusV = format.flags.plus;
                    format.flags.plus = false;
                }
                format.argument(GoValue.unbox(arguments.get(next++)), verb);
            }
        }

        private void extra() {
            format.flags = new Flags();
            format.write("%!(EXTRA ");
            for (int i = next; i < arguments.size(); i++) {
                GoValue argument = GoValue.unbox(arguments.get(i));
                format.write(i > next ? ", " : "");
                if (isUntypedNil(argument)) {
                    format.write("<nil>");
                } else {
                    format.write(argument.type().name() + "=");
                    format.argument(argument, 'v');
                }
            }
            format.write(")");
        }
    }

    private static boolean isUntypedNil(GoValue value) {
        return value instanceof GoValue.Nil nil && nil.type().kind() == Kind.INVALID;
    }

    private void write(String bytes) {
        if (out.length() + bytes.length() > limit) {
            throw new TooLongException(limit);
        }
        out.append(bytes);
    }

    private void argument(GoValue value, int verb) {
        if (isUntypedNil(value)) {
            if (verb == 'v' || verb == 'T') {
                pad("<nil>");
            } else {
                badVerb(verb, value);
            }
        } else if (verb == 'T') {
            string(value, value.type().name(), 's');
        } else if (verb == 'p') {
            pointer(value, verb);
        } else if (!byMethod(value, verb)) {
            value(value, verb, 0);
        }
    }

    /** Prints by the value's own String method where the verb takes a string. */
    private boolean byMethod(GoValue value, int verb) {
        if (erroring) {
            return false;
        }
        if (verb == 'w') {
            badVerb(verb, value);
            return true;
        }
        if (flags.sharpV || "vsxXq".indexOf(verb) < 0) {
            return false;
        }
        GoValue receiver = value;
        Function<GoValue, String> stringer = value.type().stringer();
        if (stringer == null && value instanceof GoValue.Pointer pointer) {
            receiver = pointer.target();
            stringer = receiver.type().stringer();
        }
        if (stringer == null) {
            return false;
        }
        string(value, Utf8.encode(stringer.apply(receiver)), verb);
        return true;
    }

    private void value(GoValue value, int verb, int depth) {
        if (depth > 0 && byMethod(value, verb)) {
            return;
        }
        switch (value) {
            case GoValue.Boxed boxed -> interfaceValue(boxed, verb, depth);
            case GoValue.Nil nil -> nil(nil, verb, depth);
            case GoValue.Bool b -> bool(b, verb);
            case GoValue.Int i -> integer(i, verb);
            case GoValue.Real f -> floating(f, f.value(), f.type().bits(), verb);
            case GoValue.Complex c -> complex(c, verb);
            case GoValue.Str s -> string(s, s.bytes(), verb);
            case GoValue.Slice s -> slice(s, verb, depth);
            case GoValue.Dict d -> map(d, verb, depth);
            case GoValue.Struct s -> struct(s, verb, depth);
            case GoValue.Pointer p -> {
                Kind target = p.target().kind();
                if (depth == 0 && (target == Kind.STRUCT || target == Kind.MAP || target == Kind.SLICE)) {
                    write("&");
                    value(p.target(), verb, depth + 1);
                } else {
                    pointer(p, verb);
                }
            }
            case GoValue.Func f -> pointer(f, verb);
        }
    }

    private void interfaceValue(GoValue.Boxed boxed, int verb, int depth) {
        GoValue content = GoValue.unbox(boxed);
        if (!isUntypedNil(content)) {
            value(content, verb, depth + 1);
        } else {
            write(flags.sharpV ? boxed.type().name() + "(nil)" : "<nil>");
        }
    }

    private void nil(GoValue.Nil nil, int verb, int depth) {
        switch (nil.kind()) {
            case SLICE -> slice(new GoValue.Slice(nil.type(), List.of()), verb, depth, true);
            case MAP -> map(new GoValue.Dict(nil.type(), new java.util.LinkedHashMap<>()), verb, depth, true);
            case POINTER, FUNC -> pointer(nil, verb);
            case INVALID, INTERFACE, BOOL, INT, UINT, FLOAT, COMPLEX, STRING, STRUCT -> {
                if (verb == 'v') {
                    write("<nil>");
                } else {
                    badVerb(verb, nil);
                }
            }
        }
    }

    private void slice(GoValue.Slice slice, int verb, int depth) {
        boolean bytes =
                slice.type().elem().kind() == Kind.UINT && slice.type().elem().bits() == 8;
        if (bytes && "sqxX".indexOf(verb) >= 0) {
            StringBuilder text = new StringBuilder();
            slice.items().forEach(item -> text.append((char) (((GoValue.Int) item).value() & 0xFF)));
            string(slice, text.toString(), verb);
        } else {
            slice(slice, verb, depth, false);
        }
    }

    private void slice(GoValue.Slice slice, int verb, int depth, boolean nil) {
        if (flags.sharpV && nil) {
            write(slice.type().name() + "(nil)");
            return;
        }
        write(flags.sharpV ? slice.type().name() + "{" : "[");
        for (int i = 0; i < slice.items().size(); i++) {
            separator(i);
            value(slice.get(i), verb, depth + 1);
        }
        write(flags.sharpV ? "}" : "]");
    }

    private void map(GoValue.Dict map, int verb, int depth) {
        map(map, verb, depth, false);
    }

    private void map(GoValue.Dict map, int verb, int depth, boolean nil) {
        if (flags.sharpV && nil) {
            write(map.type().name() + "(nil)");
            return;
        }
        write(flags.sharpV ? map.type().name() + "{" : "map[");
        int i = 0;
        for (var entry : map.entries().entrySet()) {
            separator(i++);
            value(GoValue.slot(entry.getKey(), map.type().key()), verb, depth + 1);
            write(":");
            value(GoValue.slot(entry.getValue(), map.type().elem()), verb, depth + 1);
        }
        write(flags.sharpV ? "}" : "]");
    }

    private void struct(GoValue.Struct struct, int verb, int depth) {
        write(flags.sharpV ? struct.type().name() + "{" : "{");
        int i = 0;
        for (var field : struct.type().fields().entrySet()) {
            separator(i++);
            if (flags.plusV || flags.sharpV) {
                write(field.getKey() + ":");
            }
            GoValue content = field.getValue().apply(struct);
            value(isUntypedNil(GoValue.unbox(content)) ? content : GoValue.unbox(content), verb, depth + 1);
        }
        write("}");
    }

    private void separator(int index) {
        if (index > 0) {
            write(flags.sharpV ? ", " : " ");
        }
    }

    /** Addresses do not exist here: what would be one prints as 0xc000000000, so that output is deterministic. */
    private void pointer(GoValue value, int verb) {
        boolean isNil = value instanceof GoValue.Nil;
        boolean reference = switch (value.kind()) {
            case POINTER, FUNC, MAP, SLICE -> true;
            case INVALID, BOOL, INT, UINT, FLOAT, COMPLEX, STRING, STRUCT, INTERFACE -> false;
        };
        if (!reference || "vpbodxX".indexOf(verb) < 0) {
            badVerb(verb, value);
            return;
        }
        long address = isNil ? 0 : 0xc000000000L;
        if (verb == 'v' && flags.sharpV) {
            write("(" + value.type().name() + ")(" + (isNil ? "nil" : "0x" + Long.toHexString(address)) + ")");
        } else if (verb == 'v' && isNil) {
            pad("<nil>");
        } else if (verb == 'v' || verb == 'p') {
            pad((flags.sharp ? "" : "0x") + Long.toHexString(address));
        } else {
            integer(new GoValue.Int(GoType.UINT64, address), verb);
        }
    }

    private void badVerb(int verb, GoValue value) {
        erroring = true;
        write("%!" + Utf8.encode(verb) + "(");
        if (isUntypedNil(value)) {
            write("<nil>");
        } else {
            write(value.type().name() + "=");
            value(value, 'v', 0);
        }
        write(")");
        erroring = false;
    }

    private void bool(GoValue.Bool value, int verb) {
        if (verb == 't' || verb == 'v') {
            pad(value.value() ? "true" : "false");
        } else {
            badVerb(verb, value);
        }
    }

    private void integer(GoValue.Int value, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.sharpV && value.kind() == Kind.UINT) {
                    flags.sharp = true;
                    integer(value, 16, verb, false);
                    flags.sharp = false;
                } else {
                    integer(value, 10, verb, false);
                }
            }
            case 'd' -> integer(value, 10, verb, false);
            case 'b' -> integer(value, 2, verb, false);
            case 'o', 'O' -> integer(value, 8, verb, false);
            case 'x' -> integer(value, 16, verb, false);
            case 'X' -> integer(value, 16, verb, true);
            case 'c' -> pad(Utf8.encode(rune(value)));
            case 'q' -> pad(GoQuote.quoteRune(rune(value), flags.plus));
            case 'U' -> unicode(value);
            default -> badVerb(verb, value);
        }
    }

    private static int rune(GoValue.Int value) {
        boolean valid = value.value() >= 0 && value.value() <= Utf8.MAX_RUNE;
        return valid ? (int) value.value() : Utf8.ERROR;
    }

    private void integer(GoValue.Int value, int radix, int verb, boolean upper) {
        boolean negative = value.kind() == Kind.INT && value.value() < 0;
        long magnitude = negative ? -value.value() : value.value();
        if (flags.hasPrecision && flags.precision == 0 && magnitude == 0) {
            writePadding(flags.width, ' ');
            return;
        }
        String digits = Long.toUnsignedString(magnitude, radix);
        int zeros = 0;
        if (flags.hasPrecision) {
            zeros = flags.precision;
        } else if (flags.zero && !flags.minus && flags.hasWidth) {
            zeros = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
        }
        String padded = "0".repeat(Math.max(0, zeros - digits.length())) + digits;
        String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        String text = prefix(radix, verb, padded) + padded;
        padWithSpaces(sign + (upper ? text.toUpperCase(java.util.Locale.ROOT) : text));
    }

    private String prefix(int radix, int verb, String digits) {
        String base = switch (flags.sharp ? radix : 0) {
            case 2 -> "0b";
            case 8 -> digits.startsWith("0") ? "" : "0";
            case 16 -> "0x";
            default -> "";
        };
        return verb == 'O' ? "0o" + base : base;
    }

    private void unicode(GoValue.Int value) {
        String hex = Long.toHexString(value.value()).toUpperCase(java.util.Locale.ROOT);
        int precision = flags.hasPrecision ? Math.max(flags.precision, 4) : 4;
        String text = "U+" + "0".repeat(Math.max(0, precision - hex.length())) + hex;
        boolean known = value.value() >= 0 && value.value() <= Utf8.MAX_RUNE;
        boolean shown = flags.sharp && known && GoQuote.isPrint((int) value.value());
        padWithSpaces(text + (shown ? " '" + Utf8.encode((int) value.value()) + "'" : ""));
    }

    private void floating(GoValue original, double value, int bits, int verb) {
        switch (verb) {
            case 'v' -> floating(value, bits, 'g', -1);
            case 'b', 'g', 'G', 'x', 'X' -> floating(value, bits, (char) verb, -1);
            case 'f', 'e', 'E' -> floating(value, bits, (char) verb, 6);
            case 'F' -> floating(value, bits, 'f', 6);
            default -> badVerb(verb, original);
        }
    }

    private void floating(double value, int bits, char verb, int defaultPrecision) {
        int precision = flags.hasPrecision ? flags.precision : defaultPrecision;
        String text = GoFloat.format(value, verb, precision, bits);
        boolean signed = text.startsWith("-") || text.startsWith("+");
        char sign = signed ? text.charAt(0) : '+';
        String number = signed ? text.substring(1) : text;
        if (flags.space && sign == '+' && !flags.plus) {
            sign = ' ';
        }
        if (number.startsWith("I") || number.startsWith("N")) {
            boolean bare = number.startsWith("N") && !flags.space && !flags.plus;
            padWithSpaces(bare ? number : sign + number);
            return;
        }
        if (flags.sharp && verb != 'b') {
            number = withPoint(number, verb, precision);
        }
        if (!flags.plus && sign == '+') {
            pad(number);
        } else if (flags.zero && !flags.minus && flags.hasWidth && flags.width > number.length() + 1) {
            write(String.valueOf(sign));
            writePadding(flags.width - number.length() - 1, '0');
            write(number);
        } else {
            pad(sign + number);
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

    private void complex(GoValue.Complex value, int verb) {
        if ("vbgGxXfFeE".indexOf(verb) < 0) {
            badVerb(verb, value);
            return;
        }
        boolean plus = flags.plus;
        write("(");
        floating(value, value.re(), 64, verb);
        flags.plus = true;
        floating(value, value.im(), 64, verb);
        write("i)");
        flags.plus = plus;
    }

    private void string(GoValue original, String bytes, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.sharpV) {
                    quoted(bytes);
                } else {
                    pad(truncate(bytes));
                }
            }
            case 's' -> pad(truncate(bytes));
            case 'x', 'X' -> hexBytes(bytes, verb == 'X');
            case 'q' -> quoted(bytes);
            default -> badVerb(verb, original);
        }
    }

    private void quoted(String bytes) {
        String shown = truncate(bytes);
        boolean raw = flags.sharp && GoQuote.canBackquote(shown);
        pad(raw ? "`" + shown + "`" : GoQuote.quote(shown, flags.plus));
    }

    private String truncate(String bytes) {
        if (!flags.hasPrecision) {
            return bytes;
        }
        int end = 0;
        for (int n = flags.precision; n > 0 && end < bytes.length(); n--) {
            end += Utf8.sizeAt(bytes, end);
        }
        return bytes.substring(0, end);
    }

    private void hexBytes(String bytes, boolean upper) {
        int length = flags.hasPrecision ? Math.min(flags.precision, bytes.length()) : bytes.length();
        StringBuilder text = new StringBuilder();
        String prefix = upper ? "0X" : "0x";
        for (int i = 0; i < length; i++) {
            text.append(flags.space && i > 0 ? " " : "");
            text.append(flags.sharp && (flags.space || i == 0) ? prefix : "");
            String digits = String.format(upper ? "%02X" : "%02x", (int) bytes.charAt(i));
            text.append(digits);
        }
        pad(text.toString());
    }

    private void padWithSpaces(String text) {
        boolean zero = flags.zero;
        flags.zero = false;
        pad(text);
        flags.zero = zero;
    }

    private void pad(String text) {
        int missing = flags.hasWidth ? flags.width - Utf8.runeCount(text) : 0;
        if (flags.minus) {
            write(text);
            writePadding(missing, ' ');
        } else {
            writePadding(missing, flags.zero ? '0' : ' ');
            write(text);
        }
    }

    private void writePadding(int count, char with) {
        if (count > 0) {
            write(String.valueOf(with).repeat(count));
        }
    }
}
