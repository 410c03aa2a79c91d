package io.tocsin.gotemplate.prometheus;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;

/** Go's {@code Regexp.ReplaceAllString}: {@code $name} takes as many letters, digits and underscores as there are. */
public final class RegexReplacement {
    private RegexReplacement() {}

    public static String all(Pattern pattern, String replacement, String text) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = new StringBuilder();
        int copied = 0;
        int lastEnd = -1;
        while (matcher.find()) {
            // An empty match right after another match is none, as in Go.
            if (matcher.start() == matcher.end() && matcher.start() == lastEnd) {
                continue;
            }
            out.append(text, copied, matcher.start());
            expand(out, replacement, matcher, pattern.namedGroups());
            copied = matcher.end();
            lastEnd = matcher.end();
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static void expand(StringBuilder out, String replacement, Matcher matcher, Map<String, Integer> names) {
        int at = 0;
        while (at < replacement.length()) {
            int dollar = replacement.indexOf('$', at);
            if (dollar < 0 || dollar + 1 == replacement.length()) {
                out.append(replacement, at, replacement.length());
                return;
            }
            out.append(replacement, at, dollar);
            if (replacement.charAt(dollar + 1) == '$') {
                out.append('$');
                at = dollar + 2;
                continue;
            }
            boolean braced = replacement.charAt(dollar + 1) == '{';
            int from = dollar + (braced ? 2 : 1);
            int end = nameEnd(replacement, from);
            boolean closed = !braced || (end < replacement.length() && replacement.charAt(end) == '}');
            if (end == from || !closed) {
                out.append('$');
                at = dollar + 1;
                continue;
            }
            out.append(group(replacement.substring(from, end), matcher, names));
            at = braced ? end + 1 : end;
        }
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /** A group by number or name; one that does not exist or did not match is empty. */
    private static String group(String name, Matcher matcher, Map<String, Integer> names) {
        int index = name.matches("[0-9]{1,8}") ? Integer.parseInt(name) : names.getOrDefault(name, -1);
        String found = index >= 0 && index <= matcher.groupCount() ? matcher.group(index) : null;
        return found == null ? "" : found;
    }
}
