package io.tocsin.promql.testscript;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 1h30m}, {@code 15s}, {@code 0}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final List<Long> UNITS_MS =
            List.of(31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L);

    private Durations() {}

    /** The duration in milliseconds. */
    static long parse(String text) throws ScriptException {
        if (text.equals("0")) {
            return 0;
        }
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new ScriptException("not a valid duration string: \"" + text + "\"");
        }
        try {
            long total = 0;
            for (int i = 0; i < UNITS_MS.size(); i++) {
                String part = matcher.group(i + 1);
                if (part != null) {
                    total = Math.addExact(total, Math.multiplyExact(Long.parseLong(part), UNITS_MS.get(i)));
                }
            }
            return total;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ScriptException("duration out of range: \"" + text + "\"");
        }
    }
}
