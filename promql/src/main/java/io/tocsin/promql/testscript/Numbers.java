package io.tocsin.promql.testscript;

import java.util.Locale;

/** Numbers as PromQL reads them: decimal, {@code 0x1f}, octal {@code 017}, {@code 1_000}, {@code Inf}, {@code NaN}. */
final class Numbers {
    private Numbers() {}

    /** The number, with or without sign. */
    static double parse(String text) throws ScriptException {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        double magnitude = unsigned(signed ? text.substring(1) : text);
        return text.startsWith("-") ? -magnitude : magnitude;
    }

    private static double unsigned(String text) throws ScriptException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("inf") || lower.equals("nan")) {
            return lower.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        String plain = lower.replace("_", "");
        try {
            if (plain.startsWith("0x") && plain.indexOf('p') < 0) {
                return Long.parseLong(plain.substring(2), 16);
            }
            if (plain.matches("0[0-7]+")) {
                return Long.parseLong(plain, 8);
            }
            // Java's parser would take a trailing "d" or "f" as a type.
            if (plain.isEmpty() || !(Character.isDigit(plain.charAt(plain.length() - 1)) || plain.endsWith("."))) {
                throw new NumberFormatException(text);
            }
            return Double.parseDouble(plain);
        } catch (NumberFormatException e) {
            throw new ScriptException("expected a number, got \"" + text + "\"");
        }
    }
}
