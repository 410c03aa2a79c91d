package io.tocsin.benchmarks.promql;

import java.util.SplittableRandom;

/**
 * Endless texts for a parser, from a seed: one part follows the grammar, one is a heap of its tokens, one is text that
 * follows the grammar with a few characters changed.
 */
final class QueryTexts {
    private static final String[] NUMBERS = {
        "1", "0.5", "-3", "1e300", "NaN", "Inf", "-Inf", "5m", "1h30m", "0x10", "010", ".5", "1_000", "0b11", "1e-7"
    };
    private static final String[] SELECTORS = {
        "m",
        "by",
        "a:b",
        "sum",
        "{\"x y\"}",
        "m{b=\"1\",a=~\"x|y\"}",
        "{a!~\"\\xff\"}",
        "m{a!=\"é\"}",
        "{\"a.b\",\"c d\"='e'}",
        "step",
        "start",
        "bool_",
        "m{}",
        "{__name__=\"x\",a=`\\`}",
        "fill",
        "on:off"
    };
    private static final String[] DURATIONS = {
        "5m",
        "1.5",
        "0.0001",
        "(5m)",
        "((1h))",
        "step()",
        "1m + 30s",
        "-(-1m)",
        "2 ^ 3 ^ 1",
        "max_of(step(), 1m)",
        "-min_of(range(), 3) * 2",
        "(1m + 2) * 3",
        "1d % 7",
        "-2 ^ 2",
        "1y2w3d4h5m6s7ms",
        "range()"
    };
    private static final String[] OPERATORS = {
        "+", "-", "*", "/", "%", "^", "atan2", "==", "!= bool", "<", ">= bool", "</", ">/", "and", "or", "unless", "<=",
        ">"
    };
    private static final String[] MATCHINGS = {
        "",
        "",
        "",
        " on (a)",
        " ignoring ()",
        " on () group_left (b)",
        " ignoring (a) group_right ()",
        " fill (0)",
        " on (a) fill_left (-1) fill_right (1e9)",
        " fill (NaN)",
        " on (\"é\") group_left"
    };
    private static final String[] AGGREGATIONS = {
        "sum", "avg without (a)", "count by (\"é\")", "group by ()", "stddev", "min by (a, b,)", "max", "stdvar"
    };
    private static final String[] WITH_PARAMETER = {"topk", "quantile", "limitk", "bottomk by (a)", "limit_ratio"};
    private static final String[] FUNCTIONS = {
        "abs", "absent", "vector", "scalar", "histogram_count", "sort", "timestamp", "info", "exp", "year"
    };
    private static final String[] OVER_TIME = {
        "rate", "increase", "max_over_time", "deriv", "absent_over_time", "mad_over_time", "ts_of_min_over_time"
    };
    private static final String[] MODIFIERS = {
        "",
        "",
        "",
        "",
        " @ 1.5",
        " @ -7",
        " @ start()",
        " @ end() offset 1s",
        " anchored",
        " smoothed @ 3",
        " offset 5m",
        " offset -1h",
        " offset - -2m",
        " offset (1m*2)"
    };
    private static final String[] TOKENS = {
        "x",
        "5m",
        "1",
        "sum",
        "by",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "offset",
        "@",
        "start()",
        "step()",
        "rate",
        "=",
        "=~",
        "!=",
        "\"a\"",
        "'",
        "+",
        "-",
        "^",
        "or",
        "on",
        "group_left",
        "bool",
        "fill",
        " ",
        "#",
        "\n",
        "é",
        "\u0000",
        "Inf",
        "1e",
        "0x",
        "max_of",
        "anchored",
        "_",
        "`",
        "\"",
        "\\",
        "<",
        "/",
        ">",
        "%",
        "topk",
        "\ud83d\ude00",
        "\ud800"
    };

    private final SplittableRandom random;

    QueryTexts(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String next() {
        return switch (random.nextInt(4)) {
            case 0 -> heap();
            case 1 -> changed(expression(random.nextInt(4)));
            default -> expression(random.nextInt(4));
        };
    }

    private String of(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String heap() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(of(TOKENS));
        }
        return text.toString();
    }

    private String changed(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0 && !changed.isEmpty(); i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, of(TOKENS));
                default ->
                    changed.setCharAt(
                            at, (char) (random.nextInt(8) == 0 ? random.nextInt(65536) : 32 + random.nextInt(95)));
            }
        }
        return changed.toString();
    }

    private String selector() {
        return of(SELECTORS) + of(MODIFIERS);
    }

    private String expression(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? of(NUMBERS) : selector();
        }
        int below = depth - 1;
        return switch (random.nextInt(11)) {
            case 0 -> selector();
            case 1, 2 -> expression(below) + " " + of(OPERATORS) + of(MATCHINGS) + " " + expression(below);
            case 3 -> "(" + expression(below) + ")";
            case 4 -> (random.nextBoolean() ? "-" : "+") + expression(below);
            case 5 ->
                of(OVER_TIME) + "(" + expression(below) + "[" + of(DURATIONS) + ":"
                        + (random.nextBoolean() ? of(DURATIONS) : "") + "]" + of(MODIFIERS) + ")";
            case 6, 7 -> of(OVER_TIME) + "(" + of(SELECTORS) + "[" + of(DURATIONS) + "]" + of(MODIFIERS) + ")";
            case 8 -> of(AGGREGATIONS) + "(" + expression(below) + ")";
            case 9 -> of(WITH_PARAMETER) + "(" + expression(0) + ", " + expression(below) + ")";
            default -> of(FUNCTIONS) + "(" + expression(below) + ")";
        };
    }
}
