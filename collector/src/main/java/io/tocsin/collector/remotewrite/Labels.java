package io.tocsin.collector.remotewrite;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a label set must be. */
final class Labels {

    static final String NAME = "__name__";

    private Labels() {}

    /** The value of a label, or empty; no label and an empty one are the same. */
    static String value(List<Series.Label> labels, String name) {
        for (Series.Label label : labels) {
            if (label.name().equals(name)) {
                return label.value();
            }
        }
        return "";
    }

    /** What is wrong with a label set; its order is not, as it carries no meaning. */
    static Optional<String> problem(List<Series.Label> labels, int most, int mostBytes) {
        if (value(labels, NAME).isEmpty()) {
            return Optional.of("a series without a metric name: " + text(labels));
        }
        if (labels.size() > most) {
            return Optional.of("a series with " + labels.size() + " labels of " + most + ": " + text(labels));
        }
        Set<String> names = new HashSet<>();
        int bytes = 0;
        for (Series.Label label : labels) {
            if (label.name().isEmpty()) {
                return Optional.of("a label without a name: " + text(labels));
            }
            if (!names.add(label.name())) {
                return Optional.of("label \"" + label.name() + "\" twice: " + text(labels));
            }
            bytes += label.name().length() + label.value().length();
        }
        return bytes > mostBytes
                ? Optional.of("labels of " + bytes + " characters of " + mostBytes + ": " + value(labels, NAME))
                : Optional.empty();
    }

    private static String text(List<Series.Label> labels) {
        StringBuilder text = new StringBuilder("{");
        for (Series.Label label : labels) {
            text.append(text.length() > 1 ? ", " : "")
                    .append(label.name())
                    .append("=\"")
                    .append(label.value())
                    .append('"');
            if (text.length() > 200) {
                break;
            }
        }
        return text.append('}').toString();
    }
}
