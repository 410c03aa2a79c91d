package io.tocsin.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the directives of one format string. */
final class FormatDirectives {
    private static final int MAX_NUMBER = 1_000_000;

    private final GoFormat format;
    private final String text;
    private final List<GoValue> arguments;
    private int at;
    private int next;
    private boolean reordered;
    private boolean goodIndex = true;
    private boolean afterIndex;

    FormatDirectives(GoFormat format, String text, List<GoValue> arguments) {
        this.format = format;
        this.text = text;
        this.arguments = arguments;
    }

    void run() {
        while (at < text.length()) {
            int percent = text.indexOf('%', at);
            format.buffer().write(text.substring(at, percent < 0 ? text.length() : percent));
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
        format.buffer().flags = new FormatFlags();
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
            format.buffer().write("%!(NOVERB)");
            return;
        }
        int verb = Utf8.runeAt(text, at);
        at += Utf8.sizeAt(text, at);
        verb(verb);
    }

    private void flags() {
        for (; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '#' -> format.buffer().flags.sharp = true;
                case '0' -> format.buffer().flags.zero = true;
                case '+' -> format.buffer().flags.plus = true;
                case '-' -> format.buffer().flags.minus = true;
                case ' ' -> format.buffer().flags.space = true;
                default -> {
                    return;
                }
            }
        }
    }

    private void width() {
        FormatFlags flags = format.buffer().flags;
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            Integer width = intArgument();
            flags.hasWidth = width != null;
            flags.width = width == null ? 0 : Math.abs(width);
            if (width == null) {
                format.buffer().write("%!(BADWIDTH)");
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
        FormatFlags flags = format.buffer().flags;
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            Integer precision = intArgument();
            flags.hasPrecision = precision != null && precision >= 0;
            flags.precision = precision == null ? 0 : Math.max(precision, 0);
            if (!flags.hasPrecision) {
                format.buffer().write("%!(BADPREC)");
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
            format.buffer().write("%");
        } else if (!goodIndex) {
            format.buffer().write("%!" + Utf8.encode(verb) + "(BADINDEX)");
        } else if (next >= arguments.size()) {
            format.buffer().write("%!" + Utf8.encode(verb) + "(MISSING)");
        } else {
            if (verb == 'v') {
                format.buffer().flags.sharpV = format.buffer().flags.sharp;
                format.buffer().flags.sharp = false;
                format.buffer().flags.plusV = format.buffer().flags.plus;
                format.buffer().flags.plus = false;
            }
            format.argument(GoValue.unbox(arguments.get(next++)), verb);
        }
    }

    private void extra() {
        format.buffer().flags = new FormatFlags();
        format.buffer().write("%!(EXTRA ");
        for (int i = next; i < arguments.size(); i++) {
            GoValue argument = GoValue.unbox(arguments.get(i));
            format.buffer().write(i > next ? ", " : "");
            if (GoFormat.isUntypedNil(argument)) {
                format.buffer().write("<nil>");
            } else {
                format.buffer().write(argument.type().name() + "=");
                format.argument(argument, 'v');
            }
        }
        format.buffer().write(")");
    }
}
