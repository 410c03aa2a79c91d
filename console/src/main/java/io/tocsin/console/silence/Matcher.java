package io.tocsin.console.silence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A condition on a label, as Alertmanager's API v2 has it.
 *
 * @param name of the label
 * @param value that it has, or the regular expression that its value matches
 * @param isRegex whether it is a regular expression
 * @param isEqual false: it must not be so
 */
public record Matcher(String name, String value, boolean isRegex, boolean isEqual) {

    /** One condition a line: a name, an operator, and a value, in double quotes or bare. */
    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_.:]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(.*?))\\s*,?\\s*");

    private static final Map<Character, String> ESCAPES = Map.of('n', "\n", 't', "\t", '"', "\"", '\\', "\\");

    public Matcher {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a matcher without a label name");
        }
    }

    /**
     * Reads conditions, one a line; empty lines say nothing.
     *
     * @throws IllegalArgumentException with the number of the line that is none
     */
    public static List<Matcher> parse(String text) {
        List<Matcher> matchers = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                matchers.add(line(i + 1, lines.get(i)));
            }
        }
        return matchers;
    }

    private static Matcher line(int number, String line) {
        java.util.regex.Matcher found = FORM.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("Line " + number + ": found " + line.strip()
                    + ", expected a label, one of = != =~ !~, and a value, such as service_name=\"checkout\"");
        }
        String quoted = found.group(3);
        String value = quoted == null ? found.group(4) : unescaped(quoted);
        String operator = found.group(2);
        return new Matcher(found.group(1), value, operator.endsWith("~"), operator.startsWith("="));
    }

    private static String unescaped(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                // What is no escape is a part of a regular expression.
                result.append(ESCAPES.getOrDefault(text.charAt(i), "\\" + text.charAt(i)));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    /** As it is written. */
    public String text() {
        String operator = isRegex ? isEqual ? "=~" : "!~" : isEqual ? "=" : "!=";
        return name + operator + "\""
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
