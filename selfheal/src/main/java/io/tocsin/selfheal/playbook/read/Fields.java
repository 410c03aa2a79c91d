package io.tocsin.selfheal.playbook.read;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of one YAML mapping. What was never asked for is reported as unknown by {@link #close}. */
final class Fields {

    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private static final String A_DURATION = "a duration such as 500ms, 30s, 5m, 1h";

    private final Node node;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    Fields(Node node, String what, Problems problems) {
        this.node = node;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.at(node, "expected " + what + " (a mapping), found " + kind(node));
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            keys.put(key, entry.getKeyNode());
            if (values.put(key, entry.getValueNode()) != null) {
                problems.at(entry.getKeyNode(), "key \"" + key + "\" is given twice");
            }
        }
    }

    Node node() {
        return node;
    }

    /** Where a key's value is, or the mapping itself. */
    Node where(String key) {
        return values.getOrDefault(key, node);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Reports the keys that nobody asked for. */
    void close() {
        for (String key : keys.keySet()) {
            if (!known.contains(key)) {
                problems.at(keys.get(key), Problems.unknown("key", key, known));
            }
        }
    }

    Optional<Node> child(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    List<Node> children(String key) {
        Optional<Node> child = child(key);
        if (child.isEmpty()) {
            return List.of();
        }
        if (child.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.at(child.get(), key + ": expected a list, found " + kind(child.get()));
        return List.of();
    }

    Optional<String> text(String key) {
        return child(key).flatMap(value -> scalar(value, key));
    }

    String required(String key) {
        if (!has(key)) {
            known.add(key);
            problems.at(node, "\"" + key + "\" is missing");
        }
        return text(key).orElse("");
    }

    /** One text, or a list of texts. */
    List<String> texts(String key) {
        Optional<Node> child = child(key);
        if (child.isEmpty()) {
            return List.of();
        }
        Stream<Node> all =
                child.get() instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.of(child.get());
        return all.flatMap(value -> scalar(value, key).stream()).toList();
    }

    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        child(key).ifPresent(value -> {
            Fields fields = new Fields(value, key, problems);
            for (String name : List.copyOf(fields.values.keySet())) {
                fields.text(name).ifPresent(text -> map.put(name, text));
            }
        });
        return map;
    }

    boolean flag(String key, boolean otherwise) {
        return parsed(key, "true or false", text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                })
                .orElse(otherwise);
    }

    Optional<Integer> integer(String key) {
        return parsed(key, "a whole number", Fields::integerOrNull);
    }

    Optional<Double> fraction(String key) {
        return parsed(key, "a percentage such as 60%", text -> {
            Integer percent = text.endsWith("%") ? integerOrNull(text.substring(0, text.length() - 1)) : null;
            return percent == null || percent > 100 ? null : percent / 100.0;
        });
    }

    Optional<Duration> duration(String key) {
        return parsed(key, A_DURATION, Fields::durationOrNull);
    }

    /** One duration, or a list of durations. */
    List<Duration> durations(String key) {
        List<Duration> durations = new ArrayList<>();
        for (String text : texts(key)) {
            Duration duration = durationOrNull(text);
            if (duration == null) {
                problems.at(where(key), key + ": expected " + A_DURATION + ", found \"" + text + "\"");
            } else {
                durations.add(duration);
            }
        }
        return durations;
    }

    Optional<Instant> instant(String key) {
        return parsed(key, "a time such as 2026-01-31T18:00:00Z", text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return null;
            }
        });
    }

    <E extends Enum<E>> Optional<E> oneOf(String key, E[] values) {
        return text(key).flatMap(text -> oneOf(key, text, values));
    }

    /** The constant that a text, which is part of a key's value, stands for. */
    <E extends Enum<E>> Optional<E> oneOf(String key, String text, E[] values) {
        List<String> names = new ArrayList<>();
        for (E value : values) {
            String name = value.name().toLowerCase(Locale.ROOT);
            if (name.equals(text)) {
                return Optional.of(value);
            }
            names.add(name);
        }
        problems.at(where(key), Problems.unknown(key, text, names));
        return Optional.empty();
    }

    private <T> Optional<T> parsed(String key, String expected, Function<String, @Nullable T> parse) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = Optional.ofNullable(parse.apply(text.get()));
        if (value.isEmpty()) {
            problems.at(where(key), key + ": expected " + expected + ", found \"" + text.get() + "\"");
        }
        return value;
    }

    private Optional<String> scalar(Node value, String key) {
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.at(value, key + ": expected text, found " + kind(value));
        return Optional.empty();
    }

    private static @Nullable Integer integerOrNull(String text) {
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    private static @Nullable Duration durationOrNull(String text) {
        Matcher matcher = DURATION.matcher(text);
        Duration total = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end && matcher.group(1).length() < 10) {
            long count = Long.parseLong(matcher.group(1));
            total = total.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
            end = matcher.end();
        }
        return end == text.length() && end > 0 ? total : null;
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
            case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
            default -> "something else";
        };
    }
}
