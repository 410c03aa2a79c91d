package io.tocsin.notifier.route;

import io.tocsin.notifier.route.Matcher.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads matchers in Alertmanager's older grammar, which configurations still use: names are classic label names with
 * colons, values may be bare with almost anything in them, and only {@code \"}, {@code \\} and {@code \n} are escapes.
 */
public final class ClassicMatcherParser {

    private static final Pattern MATCHER =
            Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*(.*?)\\s*", Pattern.DOTALL);

    private ClassicMatcherParser() {}

    /** The matchers of one text, with or without braces; empty when the text does not follow the grammar. */
    public static Optional<List<Matcher>> parse(String text) {
        String inner = text.startsWith("{") ? text.substring(1) : text;
        inner = inner.endsWith("}") ? inner.substring(0, inner.length() - 1) : inner;
        List<Matcher> matchers = new ArrayList<>();
        for (String part : parts(inner)) {
            Optional<Matcher> matcher = matcher(part);
            if (matcher.isEmpty()) {
                return Optional.empty();
            }
            matchers.add(matcher.get());
        }
        return Optional.of(List.copyOf(matchers));
    }

    /** What stands between the commas outside of quotes; nothing after the last comma is no part. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (c == '"' && !escaped) {
                quoted = !quoted;
            }
            // That a comma in quotes does not end an escape is how the grammar has always been read.
            escaped = c == '\\' ? !escaped : escaped && c == ',';
            part.append(c);
        }
        if (!part.toString().isBlank()) {
            parts.add(part.toString());
        }
        return parts;
    }

    private static Optional<Matcher> matcher(String text) {
        java.util.regex.Matcher parts = MATCHER.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Operator operator = Arrays.stream(Operator.values())
                .filter(known -> known.sign().equals(parts.group(2)))
                .findFirst()
                .orElseThrow();
        return value(parts.group(3)).flatMap(value -> {
            try {
                return Optional.of(new Matcher(parts.group(1), operator, value));
            } catch (IllegalArgumentException notARegularExpression) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> value(String raw) {
        boolean quoted = raw.startsWith("\"");
        String text = quoted ? raw.substring(1) : raw;
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i == text.length() - 1;
            if (c == '"') {
                return quoted && last ? Optional.of(value.toString()) : Optional.empty();
            }
            if (c == '\\' && !last) {
                i++;
                unescape(text.charAt(i), value);
            } else {
                value.append(c);
            }
        }
        return quoted ? Optional.empty() : Optional.of(value.toString());
    }

    private static void unescape(char c, StringBuilder value) {
        switch (c) {
            case 'n' -> value.append('\n');
            case '"', '\\' -> value.append(c);
            default -> value.append('\\').append(c);
        }
    }
}
