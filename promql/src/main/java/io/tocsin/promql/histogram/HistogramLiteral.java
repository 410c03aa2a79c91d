package io.tocsin.promql.histogram;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The histogram literal of the PromQL test language, for example {@code {{schema:1 sum:3 count:22 buckets:[5 10 7]}}}.
 *
 * @param hintGiven true if the literal names a counter-reset hint, so that a comparison has to look at it
 * @param end index of the first character behind the literal
 */
public record HistogramLiteral(FloatHistogram histogram, boolean hintGiven, int end) {

    /**
     * Reads the literal that starts at {@code from}.
     *
     * @throws HistogramSyntaxException with the position of what cannot be read
     */
    public static HistogramLiteral parse(String text, int from) throws HistogramSyntaxException {
        return new Reader(text, from).read();
    }

    /** The literal for a histogram; buckets between the first and the last populated one are written out. */
    public static String format(FloatHistogram h) {
        List<String> parts = new ArrayList<>();
        if (h.schema() != 0) {
            parts.add("schema:" + h.schema());
        }
        number(parts, "count:", h.count());
        number(parts, "sum:", h.sum());
        number(parts, "z_bucket:", h.zeroCount());
        number(parts, "z_bucket_w:", h.zeroThreshold());
        if (h.usesCustomBuckets()) {
            double[] bounds = h.sharedBounds();
            parts.add("custom_values:" + list(bounds, bounds.length));
        }
        if (h.hint() != CounterResetHint.UNKNOWN) {
            parts.add("counter_reset_hint:" + h.hint().word());
        }
        buckets(parts, "buckets:", "offset:", h.positive.compact());
        buckets(parts, "n_buckets:", "n_offset:", h.negative.compact());
        return "{{" + String.join(" ", parts) + "}}";
    }

    private static void number(List<String> parts, String key, double value) {
        if (value != 0) {
            parts.add(key + GoGeneral.format(value));
        }
    }

    private static void buckets(List<String> parts, String key, String offsetKey, Row row) {
        if (row.size == 0) {
            return;
        }
        int first = row.index[0];
        if (first != 0) {
            parts.add(offsetKey + first);
        }
        double[] dense = new double[row.index[row.size - 1] - first + 1];
        for (int i = 0; i < row.size; i++) {
            dense[row.index[i] - first] = row.count[i];
        }
        parts.add(key + list(dense, dense.length));
    }

    private static String list(double[] values, int n) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < n; i++) {
            out.append(i == 0 ? "" : " ").append(GoGeneral.format(values[i]));
        }
        return out.append(']').toString();
    }

    private static final class Reader {
        private static final int MAX_BUCKETS = 1 << 20;

        private final String text;
        private int at;
        private int schema;
        private double count;
        private double sum;
        private double zeroCount;
        private double zeroThreshold;
        private double[] bounds = new double[0];
        private double[] positive = new double[0];
        private double[] negative = new double[0];
        private int positiveOffset;
        private int negativeOffset;
        private CounterResetHint hint = CounterResetHint.UNKNOWN;
        private final Set<String> seen = new HashSet<>();

        Reader(String text, int from) {
            this.text = text;
            this.at = from;
        }

        HistogramLiteral read() throws HistogramSyntaxException {
            expect("{{");
            skipSpace();
            while (!text.startsWith("}}", at)) {
                pair();
                int before = at;
                skipSpace();
                if (at == before && !text.startsWith("}}", at)) {
                    throw unexpected("space or }}");
                }
            }
            at += 2;
            FloatHistogram histogram = FloatHistogram.builder(schema)
                    .hint(hint)
                    .count(count)
                    .sum(sum)
                    .zero(zeroThreshold, zeroCount)
                    .customBounds(bounds)
                    .positive(positiveOffset, positive)
                    .negative(negativeOffset, negative)
                    .build();
            return new HistogramLiteral(histogram, seen.contains("counter_reset_hint"), at);
        }

        private void pair() throws HistogramSyntaxException {
            int start = at;
            String key = word();
            if (key.isEmpty()) {
                throw unexpected("histogram description key, e.g. buckets:[5 10 7]");
            }
            if (!seen.add(key)) {
                throw new HistogramSyntaxException("duplicate key \"" + key + "\" in histogram", start);
            }
            if (at >= text.length() || text.charAt(at) != ':') {
                throw new HistogramSyntaxException("missing `:` for histogram descriptor \"" + key + "\"", start);
            }
            at++;
            switch (key) {
                case "schema" -> schema = integer();
                case "sum" -> sum = number();
                case "count" -> count = number();
                case "z_bucket" -> zeroCount = number();
                case "z_bucket_w" -> zeroThreshold = number();
                case "custom_values" -> bounds = numbers();
                case "buckets" -> positive = numbers();
                case "offset" -> positiveOffset = integer();
                case "n_buckets" -> negative = numbers();
                case "n_offset" -> negativeOffset = integer();
                case "counter_reset_hint" -> hint = hint();
                default -> throw new HistogramSyntaxException("bad histogram descriptor found: \"" + key + "\"", start);
            }
        }

        private String word() {
            int start = at;
            while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return text.substring(start, at).toLowerCase(Locale.ROOT);
        }

        private CounterResetHint hint() throws HistogramSyntaxException {
            int start = at;
            String word = word();
            for (CounterResetHint each : CounterResetHint.values()) {
                if (each.word().equals(word)) {
                    return each;
                }
            }
            throw new HistogramSyntaxException(
                    "unknown counter_reset_hint \"" + word + "\", expected unknown, reset, not_reset or gauge", start);
        }

        private int integer() throws HistogramSyntaxException {
            int start = at;
            String token = token();
            try {
                return Integer.parseInt(token);
            } catch (NumberFormatException e) {
                throw new HistogramSyntaxException("expected an integer, got \"" + token + "\"", start);
            }
        }

        private double number() throws HistogramSyntaxException {
            int start = at;
            String token = token();
            String unsigned = token.startsWith("-") || token.startsWith("+") ? token.substring(1) : token;
            double sign = token.startsWith("-") ? -1 : 1;
            String lower = unsigned.toLowerCase(Locale.ROOT);
            if (lower.equals("inf") || lower.equals("nan")) {
                return lower.equals("inf") ? sign * Double.POSITIVE_INFINITY : Double.NaN;
            }
            try {
                if (unsigned.isEmpty() || Character.isLetter(unsigned.charAt(unsigned.length() - 1))) {
                    throw new NumberFormatException(token);
                }
                return sign * Double.parseDouble(unsigned);
            } catch (NumberFormatException e) {
                throw new HistogramSyntaxException("expected a number, got \"" + token + "\"", start);
            }
        }

        private double[] numbers() throws HistogramSyntaxException {
            expect("[");
            double[] values = new double[8];
            int n = 0;
            skipSpace();
            while (at < text.length() && text.charAt(at) != ']') {
                if (n == MAX_BUCKETS) {
                    throw new HistogramSyntaxException("more than " + MAX_BUCKETS + " buckets", at);
                }
                if (n == values.length) {
                    values = java.util.Arrays.copyOf(values, 2 * n);
                }
                values[n++] = number();
                skipSpace();
            }
            expect("]");
            return java.util.Arrays.copyOf(values, n);
        }

        private String token() {
            int start = at;
            while (at < text.length() && " \t]}".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private void expect(String what) throws HistogramSyntaxException {
            if (!text.startsWith(what, at)) {
                throw unexpected(what);
            }
            at += what.length();
        }

        private HistogramSyntaxException unexpected(String wanted) {
            String found = at < text.length() ? "\"" + text.charAt(at) + "\"" : "end of input";
            return new HistogramSyntaxException(
                    "unexpected " + found + " in histogram description, expected " + wanted, at);
        }
    }
}
