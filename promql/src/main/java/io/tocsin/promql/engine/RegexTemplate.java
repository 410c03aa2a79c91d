package io.tocsin.promql.engine;

import com.google.re2j.Matcher;

/** Go's replacement templates: {@code $1}, {@code $name} (as long as it can be), {@code ${name}}, {@code $$}. */
final class RegexTemplate {

    private RegexTemplate() {}

    static String expand(String template, Matcher matcher) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            int dollar = template.indexOf('$', i);
            if (dollar < 0 || dollar + 1 == template.length()) {
                return out.append(template, i, template.length()).toString();
            }
            out.append(template, i, dollar);
            i = reference(template, dollar + 1, matcher, out);
        }
        return out.toString();
    }

    /** Appends what stands after a dollar sign, and returns where it ends. */
    private static int reference(String template, int from, Matcher matcher, StringBuilder out) {
        if (template.charAt(from) == '$') {
            out.append('$');
            return from + 1;
        }
        boolean braces = template.charAt(from) == '{';
        int start = braces ? from + 1 : from;
        int end = start;
        while (end < template.length() && isNameChar(template.charAt(end))) {
            end++;
        }
        boolean closed = !braces || end < template.length() && template.charAt(end) == '}';
        if (end == start || !closed) {
            out.append('$');
            return from;
        }
        out.append(group(template.substring(start, end), matcher));
        return braces ? end + 1 : end;
    }

    private static String group(String name, Matcher matcher) {
        String value = null;
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // A number that is too long for an int names no group.
            int index = name.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(name);
            boolean leadingZero = name.length() > 1 && name.charAt(0) == '0';
            value = index <= matcher.groupCount() && !leadingZero ? matcher.group(index) : null;
        } else if (matcher.pattern().namedGroups().containsKey(name)) {
            value = matcher.group(name);
        }
        return value == null ? "" : value;
    }

    private static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
