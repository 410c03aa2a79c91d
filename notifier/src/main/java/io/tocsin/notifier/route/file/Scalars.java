package io.tocsin.notifier.route.file;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What a scalar means, after YAML 1.1 as Alertmanager reads it: {@code yes} and {@code off} are true and false. */
final class Scalars {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

    private Scalars() {}

    static boolean isNull(@Nullable Node node) {
        return node == null
                || (node instanceof ScalarNode scalar && scalar.isPlain() && NULL.contains(scalar.getValue()));
    }

    /** The text; null is the empty one. */
    static String text(ScalarNode scalar) {
        return isNull(scalar) ? "" : scalar.getValue();
    }

    /** True or false; text in quotes is neither. */
    static Optional<Boolean> flag(ScalarNode scalar) {
        if (scalar.isPlain() && TRUE.contains(scalar.getValue())) {
            return Optional.of(true);
        }
        return scalar.isPlain() && FALSE.contains(scalar.getValue()) ? Optional.of(false) : Optional.empty();
    }

    /** A whole number, decimal or with a prefix; text in quotes is none. */
    static Optional<Long> number(ScalarNode scalar) {
        if (!scalar.isPlain()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.decode(scalar.getValue().replace("_", "")));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** As a message shows it; in quotes of the other sort when it was written in quotes. */
    static String shown(ScalarNode scalar) {
        return scalar.isPlain() ? "\"" + scalar.getValue() + "\"" : "the quoted text '" + scalar.getValue() + "'";
    }

    static String kind(Node node) {
        return switch (node.getNodeType()) {
            case MAPPING -> "a mapping";
            case SEQUENCE -> "a list";
            case SCALAR -> "\"" + ((ScalarNode) node).getValue() + "\"";
            case ANCHOR -> "an anchor";
        };
    }
}
