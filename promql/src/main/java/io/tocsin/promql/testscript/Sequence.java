package io.tocsin.promql.testscript;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramLiteral;
import io.tocsin.promql.histogram.HistogramSyntaxException;
import io.tocsin.promql.histogram.IncompatibleHistogramsException;
import io.tocsin.promql.model.StaleNaN;
import java.util.ArrayList;
import java.util.List;

/** Reads values with their repetitions: {@code 1 2+3x2 _x4 stale {{sum:1 count:1}}x2}. */
final class Sequence {
    /** Far more points than any script needs, and few enough for a typing error to end in a message. */
    private static final int MAX_POINTS = 10_000_000;

    private final String text;
    private final List<Point> points = new ArrayList<>();
    private int at;

    private Sequence(String text) {
        this.text = text;
    }

    static List<Point> parse(String text) throws ScriptException {
        Sequence sequence = new Sequence(text);
        while (sequence.skipSpace()) {
            sequence.item();
            if (sequence.at < text.length() && !SeriesDescription.isSpace(text.charAt(sequence.at))) {
                throw sequence.unexpected("space");
            }
        }
        return sequence.points;
    }

    private boolean skipSpace() {
        while (at < text.length() && SeriesDescription.isSpace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private void item() throws ScriptException {
        if (text.startsWith("{{", at)) {
            histograms();
        } else if (text.charAt(at) == '_') {
            at++;
            add(new Point.Omitted(), peek() == 'x' ? repetitions() : 1);
        } else if (text.startsWith("stale", at)) {
            at += "stale".length();
            add(new Point.Value(StaleNaN.VALUE), peek() == 'x' ? repetitions() + 1 : 1);
        } else {
            numbers();
        }
    }

    private void numbers() throws ScriptException {
        double value = number();
        char next = peek();
        double step = next == '+' || next == '-' ? number() : 0;
        if (next != 'x' && next != '+' && next != '-') {
            add(new Point.Value(value), 1);
            return;
        }
        int times = repetitions();
        for (int i = 0; i <= times; i++) {
            add(new Point.Value(value), 1);
            value += step;
        }
    }

    private void histograms() throws ScriptException {
        HistogramLiteral base = literal();
        char next = peek();
        if (next == 'x') {
            add(new Point.Histogram(base.histogram(), base.hintGiven()), repetitions() + 1);
        } else if (next == '+' || next == '-') {
            at++;
            HistogramLiteral step = literal();
            int times = repetitions();
            progression(base.histogram(), step, next == '+', times);
        } else {
            add(new Point.Histogram(base.histogram(), base.hintGiven()), 1);
        }
    }

    private void progression(FloatHistogram base, HistogramLiteral step, boolean increase, int times)
            throws ScriptException {
        FloatHistogram current = base;
        add(new Point.Histogram(current, step.hintGiven()), 1);
        for (int i = 0; i < times; i++) {
            if (current.schema() > step.histogram().schema()) {
                throw new ScriptException("error combining histograms: cannot merge from schema "
                        + step.histogram().schema() + " to " + current.schema());
            }
            try {
                current = (increase ? current.add(step.histogram()) : current.sub(step.histogram())).histogram();
            } catch (IncompatibleHistogramsException e) {
                throw new ScriptException("error combining histograms: " + e.getMessage());
            }
            add(new Point.Histogram(current, step.hintGiven()), 1);
        }
    }

    private HistogramLiteral literal() throws ScriptException {
        try {
            HistogramLiteral literal = HistogramLiteral.parse(text, at);
            at = literal.end();
            return literal;
        } catch (HistogramSyntaxException e) {
            throw new ScriptException(e.getMessage());
        }
    }

    private void add(Point point, int times) throws ScriptException {
        if (times > MAX_POINTS - points.size()) {
            throw new ScriptException("more than " + MAX_POINTS + " points in a series");
        }
        for (int i = 0; i < times; i++) {
            points.add(point);
        }
    }

    private int repetitions() throws ScriptException {
        if (peek() != 'x') {
            throw unexpected("x and a number of repetitions");
        }
        int start = ++at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw new ScriptException("invalid repetition in series values: \"" + text.substring(start, at) + "\"");
        }
    }

    private double number() throws ScriptException {
        int start = at;
        if (peek() == '+' || peek() == '-') {
            at++;
        }
        int digits = at;
        if (Character.isLetter(peek())) {
            skipWhile("infaINFA");
            return Numbers.parse(text.substring(start, at));
        }
        skipWhile("0123456789._");
        if ((peek() == 'e' || peek() == 'E') && at > digits) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            skipWhile("0123456789");
        }
        if ("ywdhms".indexOf(peek()) >= 0) {
            skipWhile("0123456789ywdhms");
            double seconds = Durations.parse(text.substring(digits, at)) / 1000.0;
            return text.charAt(start) == '-' ? -seconds : seconds;
        }
        if (at == digits) {
            throw unexpected("a number, \"stale\", \"_\" or a histogram");
        }
        return Numbers.parse(text.substring(start, at));
    }

    private void skipWhile(String accepted) {
        while (at < text.length() && accepted.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : ' ';
    }

    private ScriptException unexpected(String wanted) {
        String found = at < text.length() ? "\"" + text.substring(at) + "\"" : "end of input";
        return new ScriptException("unexpected " + found + " in series values, expected " + wanted);
    }
}
