package io.tocsin.collector.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of one YAML mapping. A key that was never asked for is reported as unknown by {@link #close}. */
public final class Fields {

    private final Node node;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /** @param what names the mapping in messages, for example "a probe" */
    public Fields(Node node, String what, Problems problems) {
        this.node = node;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.at(node, "expected " + what + " (a mapping), found " + kind(node));
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (keys.put(key, entry.getKeyNode()) != null) {
                problems.at(entry.getKeyNode(), "key \"" + key + "\" is given twice");
            }
            values.put(key, entry.getValueNode());
        }
    }

    public Problems problems() {
        return problems;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The names of all keys, in the order of the file. */
    public List<String> names() {
        return List.copyOf(keys.keySet());
    }

    /** Reports a mistake at a key's value; at the whole mapping where the key is missing. */
    public void error(String key, String message) {
        problems.at(values.getOrDefault(key, node), key + ": " + message);
    }

    /** Reports a mistake of the mapping as a whole. */
    public void error(String message) {
        problems.at(node, message);
    }

    /** Reports the keys that nobody asked for. */
    public void close() {
        keys.forEach((key, where) -> {
            if (!known.contains(key)) {
                problems.at(where, Problems.unknown("key", key, known));
            }
        });
    }

    public Optional<Node> child(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    public Optional<Fields> fields(String key, String what) {
        return child(key).map(value -> new Fields(value, what, problems));
    }

    public List<Node> list(String key) {
        Optional<Node> child = child(key);
        if (child.isPresent() && child.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        child.ifPresent(value -> error(key, "expected a list, found " + kind(value)));
        return List.of();
    }

    public Optional<String> text(String key) {
        return child(key).flatMap(value -> scalar(value, key));
    }

    public String required(String key) {
        Optional<String> text = text(key);
        if (!has(key)) {
            error("\"" + key + "\" is missing");
        } else if (text.isPresent() && text.get().isBlank()) {
            error(key, "must not be empty");
        }
        return text.orElse("");
    }

    /** One text, or a list of texts. */
    public List<String> texts(String key) {
        Optional<Node> child = child(key);
        if (child.isEmpty()) {
            return List.of();
        }
        List<Node> all = child.get() instanceof SequenceNode sequence ? sequence.getValue() : List.of(child.get());
        return all.stream().flatMap(value -> scalar(value, key).stream()).toList();
    }

    /** One text or a list of texts, each turned into a value; a text that is none is reported. */
    public <T> List<T> all(String key, Function<String, T> parse) {
        List<T> parsed = new ArrayList<>();
        for (String text : texts(key)) {
            parsed(key, text, parse).ifPresent(parsed::add);
        }
        return parsed;
    }

    /** Names to texts; empty where it is not written. */
    public Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        fields(key, key)
                .ifPresent(fields ->
                        fields.names().forEach(name -> fields.text(name).ifPresent(text -> map.put(name, text))));
        return map;
    }

    public boolean flag(String key, boolean otherwise) {
        return one(key, text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("expected true or false, found \"" + text + "\"");
                })
                .orElse(otherwise);
    }

    public Optional<Integer> integer(String key) {
        return one(key, text -> {
            if (!text.matches("\\d{1,9}")) {
                throw new IllegalArgumentException("expected a whole number, found \"" + text + "\"");
            }
            return Integer.valueOf(text);
        });
    }

    public Optional<Duration> duration(String key) {
        return one(
                key,
                text -> Durations.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected a duration such as 500ms, 15s, 5m, 1h, 14d, found \"" + text + "\"")));
    }

    /** One of some words. */
    public <T> Optional<T> choice(String key, Map<String, T> words) {
        return one(key, text -> {
            T value = words.get(text);
            if (value == null) {
                throw new IllegalArgumentException(Problems.unknown("value", text, words.keySet()));
            }
            return value;
        });
    }

    /** A text turned into a value; the message of an IllegalArgumentException is reported. */
    public <T> Optional<T> one(String key, Function<String, T> parse) {
        return text(key).flatMap(text -> parsed(key, text, parse));
    }

    private <T> Optional<T> parsed(String key, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            error(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<String> scalar(Node value, String key) {
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.at(value, key + ": expected text, found " + kind(value));
        return Optional.empty();
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
            case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
            default -> "something else";
        };
    }
}
