package io.tocsin.promql.testscript;

import io.tocsin.promql.model.Labels;
import java.util.HashSet;
import java.util.Set;

/**
 * A metric name with labels, as in {@code errors{job="a"}} or {@code {"any name", job="a"}}.
 *
 * @param end index of the first character behind the metric
 */
record Metric(Labels labels, int end) {

    static Metric parse(String text) throws ScriptException {
        return new Reader(text).read();
    }

    private static final class Reader {
        private final String text;
        private final Labels.Builder labels = new Labels.Builder(Labels.EMPTY);
        private final Set<String> seen = new HashSet<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Metric read() throws ScriptException {
            skipSpace();
            String name = identifier(true);
            if (!name.isEmpty()) {
                set(Labels.METRIC_NAME, name);
            }
            int behindName = at;
            skipSpace();
            if (peek() != '{' || text.startsWith("{{", at)) {
                if (name.isEmpty()) {
                    throw unexpected("a metric name or label set");
                }
                return new Metric(labels.build(), behindName);
            }
            at++;
            skipSpace();
            while (peek() != '}') {
                label();
                skipSpace();
                if (peek() == ',') {
                    at++;
                    skipSpace();
                } else if (peek() != '}') {
                    throw unexpected("\",\" or \"}\"");
                }
            }
            at++;
            return new Metric(labels.build(), at);
        }

        private void label() throws ScriptException {
            boolean quoted = peek() == '"' || peek() == '\'' || peek() == '`';
            String name = quoted ? string() : identifier(false);
            if (name.isEmpty()) {
                throw unexpected("label name or \"}\"");
            }
            skipSpace();
            if (quoted && peek() != '=') {
                set(Labels.METRIC_NAME, name);
                return;
            }
            if (peek() != '=') {
                throw unexpected("\"=\"");
            }
            at++;
            skipSpace();
            set(name, string());
        }

        private void set(String name, String value) throws ScriptException {
            if (!seen.add(name)) {
                throw new ScriptException("label \"" + name + "\" is given twice in: " + text);
            }
            labels.set(name, value);
        }

        private String string() throws ScriptException {
            Quoted quoted = Quoted.parse(text, at);
            at = quoted.end();
            return quoted.content();
        }

        private String identifier(boolean colon) {
            int start = at;
            while (at < text.length() && isPart(text.charAt(at), colon, at == start)) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isPart(char c, boolean colon, boolean first) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            return letter || (colon && c == ':') || (!first && c >= '0' && c <= '9');
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void skipSpace() {
            while (at < text.length() && SeriesDescription.isSpace(text.charAt(at))) {
                at++;
            }
        }

        private ScriptException unexpected(String wanted) {
            String found = at < text.length() ? "\"" + text.charAt(at) + "\"" : "end of input";
            return new ScriptException("unexpected " + found + " in metric description, expected " + wanted);
        }
    }
}
