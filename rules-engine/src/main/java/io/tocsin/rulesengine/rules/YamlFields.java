package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The fields of a mapping, read by type; whatever is wrong is reported with its place, and reading goes on. */
public final class YamlFields {
    private final YamlText source;
    private final Node node;
    private final String what;
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();

    /** A field: its name and its value as they stand in the file. */
    public record Field(ScalarNode key, Node value) {}

    private YamlFields(YamlText source, Node node, String what) {
        this.source = source;
        this.node = node;
        this.what = what;
    }

    static YamlFields none(YamlText source, Node node, String what) {
        return new YamlFields(source, node, what);
    }

    static YamlFields of(YamlText source, MappingNode mapping, String what) {
        YamlFields fields = new YamlFields(source, mapping, what);
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                source.problems().error(source.position(tuple.getKeyNode()), "expected the name of a field in " + what);
            } else if (key.isPlain() && key.getValue().equals("<<")) {
                merged.add(tuple.getValueNode());
            } else if (fields.fields.putIfAbsent(key.getValue(), new Field(key, tuple.getValueNode())) != null) {
                source.problems()
                        .error(source.position(key), "field " + key.getValue() + " is set more than once in " + what);
            }
        }
        merged.forEach(fields::merge);
        return fields;
    }

    /** What is merged in ({@code <<: *anchor}) gives way to what is written. */
    private void merge(Node other) {
        switch (other) {
            case MappingNode mapping -> of(source, mapping, what).fields.forEach(fields::putIfAbsent);
            case SequenceNode sequence -> sequence.getValue().forEach(this::merge);
            default -> source.problems().error(source.position(other), "expected fields to merge into " + what);
        }
    }

    public YamlText source() {
        return source;
    }

    public Position position() {
        return source.position(node);
    }

    public String what() {
        return what;
    }

    /** Reports each field whose name is not among the valid ones. */
    public void allow(Collection<String> names) {
        fields.forEach((name, field) -> {
            if (!names.contains(name)) {
                String message = "field " + name + " not found in " + what + Suggestion.hint(name, names);
                source.problems().error(source.position(field.key()), message);
            }
        });
    }

    /** All fields, in the order of the file. */
    public Map<String, Field> all() {
        return java.util.Collections.unmodifiableMap(fields);
    }

    /** Whether the field is written with a value. */
    public boolean has(String name) {
        return value(name) != null;
    }

    private @Nullable Node value(String name) {
        Field field = fields.get(name);
        return field == null || YamlText.isNull(field.value()) ? null : field.value();
    }

    /** Where the field's name stands; where it is missing, the whole. */
    public Position keyPosition(String name) {
        Field field = fields.get(name);
        return field == null ? position() : source.position(field.key());
    }

    /** Where the field's value stands; where it is missing, the whole. */
    public Position valuePosition(String name) {
        Field field = fields.get(name);
        return field == null ? position() : source.position(field.value());
    }

    public void error(String name, String message) {
        source.problems().error(valuePosition(name), message);
    }

    public Optional<ScalarNode> scalar(String name) {
        Node value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        error(name, "expected a text for " + name + ", found " + YamlText.shown(value));
        return Optional.empty();
    }

    public Optional<String> text(String name) {
        return scalar(name).map(ScalarNode::getValue);
    }

    public Optional<Duration> duration(String name) {
        return text(name).flatMap(text -> {
            Optional<Duration> duration = Durations.parse(text);
            if (duration.isEmpty()) {
                error(
                        name,
                        "not a valid duration for " + name + ": '" + text
                                + "'; expected a number with a unit, as 90s, 5m or 1h30m");
            }
            return duration;
        });
    }

    public Optional<Integer> count(String name) {
        return text(name).flatMap(text -> {
            try {
                int value = Integer.decode(text);
                if (value >= 0) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException e) {
                // Reported below, as a negative number is.
            }
            error(name, "expected a whole number, 0 or more, for " + name + ", found '" + text + "'");
            return Optional.empty();
        });
    }

    public Optional<Boolean> flag(String name) {
        return text(name).flatMap(text -> switch (text) {
            case "true", "True", "TRUE", "yes", "on" -> Optional.of(true);
            case "false", "False", "FALSE", "no", "off" -> Optional.of(false);
            default -> {
                error(name, "expected true or false for " + name + ", found '" + text + "'");
                yield Optional.empty();
            }
        });
    }

    /** One of some words; anything else is reported with the nearest. */
    public <T> Optional<T> choice(String name, Map<String, T> words) {
        return text(name).flatMap(text -> {
            T value = words.get(text);
            if (value == null) {
                String all = String.join(", ", words.keySet().stream().sorted().toList());
                String near = Suggestion.nearest(text, words.keySet())
                        .map(word -> "; did you mean '" + word + "'?")
                        .orElse("");
                error(name, "expected one of " + all + " for " + name + ", found '" + text + "'" + near);
            }
            return Optional.ofNullable(value);
        });
    }

    public List<Node> list(String name) {
        Node value = value(name);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (value != null) {
            error(name, "expected a list for " + name + ", found " + YamlText.shown(value));
        }
        return List.of();
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Node item : list(name)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                source.problems()
                        .error(source.position(item), "expected a text in " + name + ", found " + YamlText.shown(item));
            }
        }
        return texts;
    }

    /** The field's own fields; none where it is not written. */
    public YamlFields fields(String name) {
        Node value = value(name);
        return value == null ? none(source, node, name) : source.fields(value, name);
    }

    /** A field that maps names to texts, with their scalars. */
    public SequencedMap<String, ScalarNode> scalars(String name) {
        SequencedMap<String, ScalarNode> scalars = new LinkedHashMap<>();
        YamlFields inner = fields(name);
        inner.all().forEach((key, field) -> {
            if (field.value() instanceof ScalarNode scalar) {
                scalars.put(key, scalar);
            } else {
                inner.error(
                        key, "expected a text for " + key + " in " + name + ", found " + YamlText.shown(field.value()));
            }
        });
        return scalars;
    }

    /** As {@link #scalars}, as texts; what is not written is empty. */
    public static SequencedMap<String, String> values(Map<String, ScalarNode> scalars) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        scalars.forEach((key, scalar) -> values.put(key, YamlText.isNull(scalar) ? "" : scalar.getValue()));
        return values;
    }
}
