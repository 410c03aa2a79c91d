package io.tocsin.gotemplate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Go's {@code fmt}: printing of values with {@code Sprint}, {@code Sprintln} and {@code Sprintf}, over byte strings.
 * The output is limited; flags and verbs are those of package fmt.
 */
final class GoFormat {
    private final FormatBuffer buffer;
    private final NumberFormat numbers;
    private boolean erroring;

    /** Signals output beyond the limit. */
    static final class TooLongException extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        TooLongException(int limit) {
            super("output exceeds " + limit + " bytes", null, false, false);
        }
    }

    GoFormat(int limit) {
        this.buffer = new FormatBuffer(limit);
        this.numbers = new NumberFormat(buffer);
    }

    FormatBuffer buffer() {
        return buffer;
    }

    static String print(int limit, List<GoValue> arguments) {
        GoFormat format = new GoFormat(limit);
        boolean previousIsString = false;
        for (int i = 0; i < arguments.size(); i++) {
            GoValue argument = GoValue.unbox(arguments.get(i));
            boolean isString = argument.kind() == Kind.STRING;
            if (i > 0 && !isString && !previousIsString) {
                format.buffer.write(" ");
            }
            format.argument(argument, 'v');
            previousIsString = isString;
        }
        return format.buffer.toString();
    }

    static String println(int limit, List<GoValue> arguments) {
        GoFormat format = new GoFormat(limit);
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                format.buffer.write(" ");
            }
            format.argument(GoValue.unbox(arguments.get(i)), 'v');
        }
        format.buffer.write("\n");
        return format.buffer.toString();
    }

    /** Formats one value as {@code %v}, or with another simple verb. */
    static String one(GoValue value, char verb) {
        GoFormat format = new GoFormat(Integer.MAX_VALUE);
        format.argument(GoValue.unbox(value), verb);
        return format.buffer.toString();
    }

    static String printf(int limit, String template, List<GoValue> arguments) {
        GoFormat format = new GoFormat(limit);
        new FormatDirectives(format, template, arguments).run();
        return format.buffer.toString();
    }

    static boolean isUntypedNil(GoValue value) {
        return value instanceof GoValue.Nil nil && nil.type().kind() == Kind.INVALID;
    }

    void argument(GoValue value, int verb) {
        if (isUntypedNil(value)) {
            if (verb == 'v' || verb == 'T') {
                buffer.pad("<nil>");
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
        if (buffer.flags.sharpV || "vsxXq".indexOf(verb) < 0) {
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
            case GoValue.Int i -> {
                if (!numbers.integer(i, verb)) {
                    badVerb(verb, i);
                }
            }
            case GoValue.Real f -> {
                if (!numbers.floating(f.value(), f.type().bits(), verb)) {
                    badVerb(verb, f);
                }
            }
            case GoValue.Complex c -> {
                if (!numbers.complex(c, verb)) {
                    badVerb(verb, c);
                }
            }
            case GoValue.Str s -> string(s, s.bytes(), verb);
            case GoValue.Slice s -> slice(s, verb, depth);
            case GoValue.Dict d -> map(d, verb, depth);
            case GoValue.Struct s -> struct(s, verb, depth);
            case GoValue.Pointer p -> {
                Kind target = p.target().kind();
                if (depth == 0 && (target == Kind.STRUCT || target == Kind.MAP || target == Kind.SLICE)) {
                    buffer.write("&");
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
            buffer.write(buffer.flags.sharpV ? boxed.type().name() + "(nil)" : "<nil>");
        }
    }

    private void nil(GoValue.Nil nil, int verb, int depth) {
        switch (nil.kind()) {
            case SLICE -> slice(new GoValue.Slice(nil.type(), List.of()), verb, depth, true);
            case MAP -> map(new GoValue.Dict(nil.type(), new LinkedHashMap<>()), verb, depth, true);
            case POINTER, FUNC -> pointer(nil, verb);
            case INVALID, INTERFACE, BOOL, INT, UINT, FLOAT, COMPLEX, STRING, STRUCT -> {
                if (verb == 'v') {
                    buffer.write("<nil>");
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
        if (buffer.flags.sharpV && nil) {
            buffer.write(slice.type().name() + "(nil)");
            return;
        }
        buffer.write(buffer.flags.sharpV ? slice.type().name() + "{" : "[");
        for (int i = 0; i < slice.items().size(); i++) {
            separator(i);
            value(slice.get(i), verb, depth + 1);
        }
        buffer.write(buffer.flags.sharpV ? "}" : "]");
    }

    private void map(GoValue.Dict map, int verb, int depth) {
        map(map, verb, depth, false);
    }

    private void map(GoValue.Dict map, int verb, int depth, boolean nil) {
        if (buffer.flags.sharpV && nil) {
            buffer.write(map.type().name() + "(nil)");
            return;
        }
        buffer.write(buffer.flags.sharpV ? map.type().name() + "{" : "map[");
        int i = 0;
        for (var entry : map.entries().entrySet()) {
            separator(i++);
            value(GoValue.slot(entry.getKey(), map.type().key()), verb, depth + 1);
            buffer.write(":");
            value(GoValue.slot(entry.getValue(), map.type().elem()), verb, depth + 1);
        }
        buffer.write(buffer.flags.sharpV ? "}" : "]");
    }

    private void struct(GoValue.Struct struct, int verb, int depth) {
        buffer.write(buffer.flags.sharpV ? struct.type().name() + "{" : "{");
        int i = 0;
        for (var field : struct.type().fields().entrySet()) {
            separator(i++);
            if (buffer.flags.plusV || buffer.flags.sharpV) {
                buffer.write(field.getKey() + ":");
            }
            GoValue content = field.getValue().apply(struct);
            value(isUntypedNil(GoValue.unbox(content)) ? content : GoValue.unbox(content), verb, depth + 1);
        }
        buffer.write("}");
    }

    private void separator(int index) {
        if (index > 0) {
            buffer.write(buffer.flags.sharpV ? ", " : " ");
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
        if (verb == 'v' && buffer.flags.sharpV) {
            buffer.write("(" + value.type().name() + ")(" + (isNil ? "nil" : "0x" + Long.toHexString(address)) + ")");
        } else if (verb == 'v' && isNil) {
            buffer.pad("<nil>");
        } else if (verb == 'v' || verb == 'p') {
            buffer.pad((buffer.flags.sharp ? "" : "0x") + Long.toHexString(address));
        } else {
            numbers.integer(new GoValue.Int(GoType.UINT64, address), verb);
        }
    }

    private void badVerb(int verb, GoValue value) {
        erroring = true;
        buffer.write("%!" + Utf8.encode(verb) + "(");
        if (isUntypedNil(value)) {
            buffer.write("<nil>");
        } else {
            buffer.write(value.type().name() + "=");
            value(value, 'v', 0);
        }
        buffer.write(")");
        erroring = false;
    }

    private void bool(GoValue.Bool value, int verb) {
        if (verb == 't' || verb == 'v') {
            buffer.pad(value.value() ? "true" : "false");
        } else {
            badVerb(verb, value);
        }
    }

    private void string(GoValue original, String bytes, int verb) {
        switch (verb) {
            case 'v' -> {
                if (buffer.flags.sharpV) {
                    quoted(bytes);
                } else {
                    buffer.pad(truncate(bytes));
                }
            }
            case 's' -> buffer.pad(truncate(bytes));
            case 'x', 'X' -> hexBytes(bytes, verb == 'X');
            case 'q' -> quoted(bytes);
            default -> badVerb(verb, original);
        }
    }

    private void quoted(String bytes) {
        String shown = truncate(bytes);
        boolean raw = buffer.flags.sharp && GoQuote.canBackquote(shown);
        buffer.pad(raw ? "`" + shown + "`" : GoQuote.quote(shown, buffer.flags.plus));
    }

    private String truncate(String bytes) {
        if (!buffer.flags.hasPrecision) {
            return bytes;
        }
        int end = 0;
        for (int n = buffer.flags.precision; n > 0 && end < bytes.length(); n--) {
            end += Utf8.sizeAt(bytes, end);
        }
        return bytes.substring(0, end);
    }

    private void hexBytes(String bytes, boolean upper) {
        int length = buffer.flags.hasPrecision ? Math.min(buffer.flags.precision, bytes.length()) : bytes.length();
        StringBuilder text = new StringBuilder();
        String prefix = upper ? "0X" : "0x";
        for (int i = 0; i < length; i++) {
            text.append(buffer.flags.space && i > 0 ? " " : "");
            text.append(buffer.flags.sharp && (buffer.flags.space || i == 0) ? prefix : "");
            String digits = String.format(upper ? "%02X" : "%02x", (int) bytes.charAt(i));
            text.append(digits);
        }
        buffer.pad(text.toString());
    }
}
