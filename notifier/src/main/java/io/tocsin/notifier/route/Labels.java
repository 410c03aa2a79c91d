package io.tocsin.notifier.route;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Label sets as Alertmanager orders and writes them. */
public final class Labels {

    private static final Pattern CLASSIC_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** Fewer labels first; then by the first name, then value, that differs. */
    public static final Comparator<Map<String, String>> ORDER = Labels::compare;

    private Labels() {}

    /** An unmodifiable copy in the order of the names; empty values are dropped, for missing equals empty. */
    public static SortedMap<String, String> copy(Map<String, String> labels) {
        SortedMap<String, String> sorted = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (!value.isEmpty()) {
                sorted.put(name, value);
            }
        });
        return Collections.unmodifiableSortedMap(sorted);
    }

    /** {@code {a="b", c="d"}}. */
    public static String text(SortedMap<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> name(label.getKey()) + "=" + quoted(label.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** A name as a matcher shows it: quoted where it is not a classic label name. */
    static String name(String name) {
        return CLASSIC_NAME.matcher(name).matches() ? name : quoted(name);
    }

    /** A value between double quotes, with backslash, quote and line feed escaped. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static int compare(Map<String, String> left, Map<String, String> right) {
        if (left.size() != right.size()) {
            return Integer.compare(left.size(), right.size());
        }
        Iterator<Map.Entry<String, String>> others =
                new TreeMap<>(right).entrySet().iterator();
        for (Map.Entry<String, String> label : new TreeMap<>(left).entrySet()) {
            Map.Entry<String, String> other = others.next();
            int byName = label.getKey().compareTo(other.getKey());
            int order = byName != 0 ? byName : label.getValue().compareTo(other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
