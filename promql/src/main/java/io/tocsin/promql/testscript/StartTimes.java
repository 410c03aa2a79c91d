package io.tocsin.promql.testscript;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Start timestamps of the samples of a series, each given relative to its sample: {@code errors{job="a"}@st _ -1m
 * -30s-1sx3}.
 */
final class StartTimes {
    private StartTimes() {}

    /** True if a line of a load command gives start timestamps for the line after it. */
    static boolean isStartLine(String line) {
        int space = space(line);
        return space > 0 && line.substring(0, space).endsWith("@st");
    }

    /** The metric part of such a line. */
    static String metric(String line) {
        return line.substring(0, space(line) - "@st".length());
    }

    /** The offsets in milliseconds, empty where a sample has none. */
    static List<OptionalLong> offsets(String line) throws ScriptException {
        List<OptionalLong> all = new ArrayList<>();
        for (String item : line.substring(space(line)).trim().split("[ \t]+", -1)) {
            item(item, all);
        }
        return all;
    }

    private static int space(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (SeriesDescription.isSpace(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static void item(String item, List<OptionalLong> to) throws ScriptException {
        if (item.equals("_")) {
            to.add(OptionalLong.empty());
            return;
        }
        int times = item.lastIndexOf('x');
        int count = times < 0 ? 0 : repetitions(item, times + 1);
        String start = times < 0 ? item : item.substring(0, times);
        if (start.equals("_")) {
            for (int i = 0; i < count; i++) {
                to.add(OptionalLong.empty());
            }
            return;
        }
        int sign = Math.max(start.indexOf('+', 1), start.indexOf('-', 1));
        long offset = signed(sign < 0 ? start : start.substring(0, sign));
        long step = sign < 0 ? 0 : signed(start.substring(sign));
        if (sign >= 0 && times < 0) {
            throw new ScriptException("invalid start timestamp \"" + item + "\", expected x and a number behind a step");
        }
        for (int i = 0; i <= count; i++) {
            to.add(OptionalLong.of(offset + i * step));
        }
    }

    private static int repetitions(String item, int from) throws ScriptException {
        try {
            return Integer.parseInt(item.substring(from));
        } catch (NumberFormatException e) {
            throw new ScriptException("invalid start timestamp \"" + item + "\", expected a number behind x");
        }
    }

    private static long signed(String text) throws ScriptException {
        boolean hasSign = text.startsWith("-") || text.startsWith("+");
        long magnitude = Durations.parse(hasSign ? text.substring(1) : text);
        return text.startsWith("-") ? -magnitude : magnitude;
    }
}
