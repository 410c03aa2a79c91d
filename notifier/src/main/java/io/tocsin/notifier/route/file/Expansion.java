package io.tocsin.notifier.route.file;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Whether a document, with its aliases written out, is small and shallow enough to be walked. */
final class Expansion {

    private static final int MOST_NODES = 1_000_000;
    private static final int DEEPEST = 200;

    private final Reading reading;
    private final Set<Node> above = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Node> path = new ArrayDeque<>();
    private int nodes;

    private Expansion(Reading reading) {
        this.reading = reading;
    }

    /** True when it is; otherwise a problem is noted. */
    static boolean check(Reading reading, Node root) {
        return new Expansion(reading).walk(root);
    }

    private boolean walk(Node node) {
        nodes++;
        if (nodes > MOST_NODES) {
            reading.invalid(node, "aliases make this file more than " + MOST_NODES + " values");
            return false;
        }
        if (path.size() > DEEPEST) {
            reading.invalid(node, "more than " + DEEPEST + " levels deep");
            return false;
        }
        if (!above.add(node)) {
            reading.invalid(node, "an alias contains itself");
            return false;
        }
        path.push(node);
        boolean walkable = children(node).allMatch(this::walk);
        path.pop();
        above.remove(node);
        return walkable;
    }

    private static Stream<Node> children(Node node) {
        return switch (node) {
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .flatMap(tuple -> List.of(tuple.getKeyNode(), tuple.getValueNode()).stream());
            case SequenceNode sequence -> sequence.getValue().stream();
            default -> Stream.empty();
        };
    }
}
