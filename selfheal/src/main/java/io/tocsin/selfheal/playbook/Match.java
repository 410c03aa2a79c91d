package io.tocsin.selfheal.playbook;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which incidents a playbook is for. Everything that is named must agree; {@code *} in a pattern stands for any text.
 *
 * @param alertnames names of the root alert; empty for any
 * @param elements patterns of the root cause element; empty for any
 * @param severities severities of the root alert; empty for any
 * @param labels patterns of labels of the root alert
 */
public record Match(Set<String> alertnames, Set<String> elements, Set<String> severities, Map<String, String> labels) {

    public Match {
        alertnames = Set.copyOf(alertnames);
        elements = Set.copyOf(elements);
        severities = Set.copyOf(severities);
        labels = Map.copyOf(labels);
        if (alertnames.isEmpty() && elements.isEmpty() && labels.isEmpty()) {
            throw new IllegalArgumentException("a match needs an alertname, an element or a label");
        }
    }

    /** Whether a root alert with these labels at this element is meant. */
    public boolean matches(String element, Map<String, String> alert) {
        return (alertnames.isEmpty() || alertnames.contains(alert.getOrDefault("alertname", "")))
                && (elements.isEmpty() || elements.stream().anyMatch(pattern -> like(pattern, element)))
                && (severities.isEmpty() || severities.contains(alert.getOrDefault("severity", "")))
                && labels.entrySet().stream()
                        .allMatch(label -> like(label.getValue(), alert.getOrDefault(label.getKey(), "")));
    }

    private static boolean like(String pattern, String text) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(text);
        }
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
