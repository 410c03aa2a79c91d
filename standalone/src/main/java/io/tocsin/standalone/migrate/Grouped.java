package io.tocsin.standalone.migrate;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An alert of a group that a receiver is told of.
 *
 * @param receiver who is told
 * @param group labels of the group
 * @param alert labels of the alert
 */
record Grouped(String receiver, String group, String alert) {

    static Grouped of(String receiver, Map<String, String> group, Map<String, String> alert) {
        return new Grouped(receiver, text(group), text(alert));
    }

    /** A label set as text. */
    static String text(Map<String, String> labels) {
        SortedMap<String, String> sorted = new TreeMap<>(labels);
        return sorted.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + '"')
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
