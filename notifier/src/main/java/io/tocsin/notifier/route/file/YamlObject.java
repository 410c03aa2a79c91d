package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.PrometheusDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML mapping whose keys are known beforehand. A value of the wrong kind is a problem and then counts as absent. */
final class YamlObject {

    private final Reading reading;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();

    private YamlObject(Reading reading, Node node) {
        this.reading = reading;
        this.node = node;
    }

    /** The mapping at a node, after its keys have been checked; an empty one when the node is something else. */
    static YamlObject of(Reading reading, Node node, String what, Set<String> known) {
        YamlObject object = anyKeys(reading, node, what);
        object.keys.forEach((name, key) -> {
            if (!known.contains(name)) {
                reading.invalid(key, "\"" + name + "\" is not a key of " + what + NearestName.hint(name, known));
            }
        });
        return object;
    }

    /** A mapping with keys of the writer's choice, such as labels. */
    static YamlObject anyKeys(Reading reading, Node node, String what) {
        YamlObject object = new YamlObject(reading, node);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(object::add);
        } else if (!isNull(node)) {
            reading.invalid(node, "found " + kind(node) + ", expected " + what + " as a mapping");
        }
        return object;
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reading.invalid(tuple.getKeyNode(), "a key must be plain text");
        } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            reading.invalid(key, "\"" + key.getValue() + "\" is given twice");
        } else {
            keys.put(key.getValue(), key);
        }
    }

    Node node() {
        return node;
    }

    /** Where a key stands, or where the mapping begins when it is absent. */
    Node at(String key) {
        return keys.getOrDefault(key, node);
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    Optional<Node> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !isNull(value));
    }

    void forEach(BiConsumer<String, Node> action) {
        values.forEach(action);
    }

    Optional<String> text(String key) {
        return value(key).flatMap(this::scalar).map(ScalarNode::getValue);
    }

    Optional<Duration> duration(String key) {
        Optional<ScalarNode> scalar = value(key).flatMap(this::scalar);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = PrometheusDuration.parse(scalar.get().getValue());
        if (duration.isEmpty()) {
            reading.invalid(
                    scalar.get(),
                    "\"" + scalar.get().getValue() + "\" is not a duration of " + key + " (such as 30s, 5m, 1h30m)");
        }
        return duration;
    }

    Optional<Boolean> flag(String key) {
        Optional<ScalarNode> scalar = value(key).flatMap(this::scalar);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        return switch (scalar.get().getValue()) {
            case "true", "True", "TRUE", "yes", "on" -> Optional.of(true);
            case "false", "False", "FALSE", "no", "off" -> Optional.of(false);
            default -> {
                reading.invalid(
                        scalar.get(),
                        "\"" + scalar.get().getValue() + "\" is not a value of " + key + ", which is true or false");
                yield Optional.empty();
            }
        };
    }

    Optional<Integer> count(String key) {
        Optional<ScalarNode> scalar = value(key).flatMap(this::scalar);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseUnsignedInt(scalar.get().getValue()));
        } catch (NumberFormatException e) {
            reading.invalid(
                    scalar.get(),
                    "\"" + scalar.get().getValue() + "\" is not a value of " + key
                            + ", which is a whole number from 0");
            return Optional.empty();
        }
    }

    /** The elements of a list; none when the key is absent or empty. */
    List<Node> list(String key) {
        return value(key).map(this::elements).orElseGet(List::of);
    }

    private List<Node> elements(Node value) {
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        reading.invalid(value, "found " + kind(value) + ", expected a list");
        return List.of();
    }

    /** The elements of a list of texts. */
    List<ScalarNode> texts(String key) {
        List<ScalarNode> texts = new ArrayList<>();
        list(key).forEach(element -> scalar(element).ifPresent(texts::add));
        return texts;
    }

    /** A scalar, or a problem. */
    Optional<ScalarNode> scalar(Node value) {
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        reading.invalid(value, "found " + kind(value) + ", expected plain text");
        return Optional.empty();
    }

    static boolean isNull(@Nullable Node node) {
        return node == null || node.getTag().equals(Tag.NULL);
    }

    private static String kind(Node node) {
        return switch (node.getNodeType()) {
            case MAPPING -> "a mapping";
            case SEQUENCE -> "a list";
            case SCALAR -> "\"" + ((ScalarNode) node).getValue() + "\"";
            case ANCHOR -> "an anchor";
        };
    }
}
