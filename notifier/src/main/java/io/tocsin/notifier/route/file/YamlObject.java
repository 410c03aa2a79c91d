package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.GoDuration;
import io.tocsin.notifier.route.PrometheusDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping whose keys are known beforehand. A value of the wrong kind is a problem and then counts as absent.
 * Null counts as absent where a method returns an {@link Optional}; where a method has a default, it is Alertmanager's
 * zero, which is not the default.
 */
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
            mapping.getValue().stream().filter(tuple -> !isMerge(tuple)).forEach(object::add);
            mapping.getValue().stream().filter(YamlObject::isMerge).forEach(object::merge);
        } else if (!Scalars.isNull(node)) {
            reading.invalid(node, "found " + Scalars.kind(node) + ", expected " + what + " as a mapping");
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

    private static boolean isMerge(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                && key.isPlain()
                && key.getValue().equals("<<");
    }

    /** {@code <<}: what the merged mappings say where this one says nothing. */
    private void merge(NodeTuple tuple) {
        List<Node> merged = tuple.getValueNode() instanceof SequenceNode sequence
                ? sequence.getValue()
                : List.of(tuple.getValueNode());
        for (Node other : merged) {
            if (other instanceof MappingNode) {
                YamlObject object = anyKeys(reading, other, "a merged mapping");
                object.values.forEach(values::putIfAbsent);
                object.keys.forEach(keys::putIfAbsent);
            } else {
                reading.invalid(other, "found " + Scalars.kind(other) + ", expected a mapping to merge");
            }
        }
    }

    Node node() {
        return node;
    }

    /** Where a key stands, or where the mapping begins when it is absent. */
    Node at(String key) {
        return keys.getOrDefault(key, node);
    }

    /** Where a value stands, or where the mapping begins when it is absent. */
    Node valueAt(String key) {
        return values.getOrDefault(key, node);
    }

    /** Whether a key is there, be it with null. */
    boolean given(String key) {
        return values.containsKey(key);
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    Optional<Node> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !Scalars.isNull(value));
    }

    void forEach(BiConsumer<String, Node> action) {
        values.forEach(action);
    }

    Optional<String> text(String key) {
        return value(key).flatMap(this::scalar).map(ScalarNode::getValue);
    }

    /** A text; null is the empty text. */
    String text(String key, String absent) {
        return given(key) ? text(key).orElse("") : absent;
    }

    /** A text that is not empty. */
    Optional<String> filled(String key) {
        return text(key).filter(text -> !text.isEmpty());
    }

    /** A duration as Prometheus writes it. */
    Optional<Duration> duration(String key) {
        return value(key).flatMap(this::scalar).flatMap(scalar -> {
            Optional<Duration> duration = PrometheusDuration.parse(scalar.getValue());
            if (duration.isEmpty()) {
                notADuration(scalar, key, "30s, 5m, 1h30m");
            }
            return duration;
        });
    }

    /** A duration as Go writes it. */
    Optional<Duration> goDuration(String key) {
        return value(key).flatMap(this::scalar).flatMap(scalar -> {
            Optional<Duration> duration = GoDuration.parse(scalar.getValue());
            if (duration.isEmpty()) {
                notADuration(scalar, key, "30s, 1.5m, 1h30m; days are not among them");
            }
            return duration;
        });
    }

    private void notADuration(ScalarNode scalar, String key, String examples) {
        reading.invalid(
                scalar, "\"" + scalar.getValue() + "\" is not a duration of " + key + " (such as " + examples + ")");
    }

    Optional<Boolean> flag(String key) {
        Optional<ScalarNode> scalar = value(key).flatMap(this::scalar);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> flag = Scalars.flag(scalar.get());
        if (flag.isEmpty()) {
            reading.invalid(
                    scalar.get(),
                    Scalars.shown(scalar.get()) + " is not a value of " + key + ", which is true or false");
        }
        return flag;
    }

    /** True or false; null is false. */
    boolean flag(String key, boolean absent) {
        return given(key) ? flag(key).orElse(false) : absent;
    }

    /** A whole number. */
    Optional<Long> number(String key) {
        Optional<ScalarNode> scalar = value(key).flatMap(this::scalar);
        Optional<Long> number = scalar.flatMap(Scalars::number);
        if (scalar.isPresent() && number.isEmpty()) {
            reading.invalid(
                    scalar.get(),
                    Scalars.shown(scalar.get()) + " is not a value of " + key + ", which is a whole number");
        }
        return number;
    }

    /** A whole number from 0; 0 when absent. */
    int count(String key) {
        Optional<Long> number = number(key);
        if (number.filter(given -> given < 0).isPresent()) {
            reading.invalid(
                    valueAt(key),
                    "\"" + number.get() + "\" is not a value of " + key + ", which is a whole number from 0");
            return 0;
        }
        return (int) Math.min(Integer.MAX_VALUE, number.orElse(0L));
    }

    /** The elements of a list; none when the key is absent or empty. */
    List<Node> list(String key) {
        return value(key).map(this::elements).orElseGet(List::of);
    }

    private List<Node> elements(Node value) {
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        reading.invalid(value, "found " + Scalars.kind(value) + ", expected a list");
        return List.of();
    }

    /** The elements of a list of texts. */
    List<ScalarNode> texts(String key) {
        List<ScalarNode> texts = new ArrayList<>();
        list(key).forEach(element -> scalar(element).ifPresent(texts::add));
        return texts;
    }

    /** The values of a list of texts; null is the empty text. */
    List<String> strings(String key) {
        return texts(key).stream().map(Scalars::text).toList();
    }

    /** A mapping from texts to texts, in the order written; null is the empty text. */
    Map<String, String> stringMap(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        value(key)
                .map(at -> anyKeys(reading, at, key))
                .ifPresent(object -> object.forEach(
                        (name, value) -> object.scalar(value).ifPresent(text -> map.put(name, Scalars.text(text)))));
        return map;
    }

    /** A scalar, or a problem. */
    Optional<ScalarNode> scalar(Node value) {
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        reading.invalid(value, "found " + Scalars.kind(value) + ", expected plain text");
        return Optional.empty();
    }
}
