package io.tocsin.notifier.route.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The text of a file with every secret replaced, so that it can be shown. */
final class Redaction {

    private static final Pattern SECRET_KEYS = Pattern.compile(
            "(.*_)?(password|secret|secrets|token|token_id|credentials|api_key|routing_key|service_key|user_key|url)");

    private final StringBuilder text;
    private final List<int[]> ranges = new ArrayList<>();

    private Redaction(String text) {
        this.text = new StringBuilder(text);
    }

    static String of(String text, Node root) {
        Redaction redaction = new Redaction(text);
        redaction.visit(root, false);
        redaction.ranges.sort((left, right) -> Integer.compare(right[0], left[0]));
        redaction.ranges.forEach(range -> redaction.text.replace(range[0], range[1], "<secret>"));
        return redaction.text.toString();
    }

    private void visit(Node node, boolean secret) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::visit);
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> visit(element, secret));
        } else if (secret && node instanceof ScalarNode) {
            // Marks count code points; the text counts UTF-16 units.
            int start = text.offsetByCodePoints(
                    0, node.getStartMark().map(Mark::getPointer).orElse(0));
            int end = text.offsetByCodePoints(
                    0, node.getEndMark().map(Mark::getPointer).orElse(0));
            ranges.add(new int[] {start, end});
        }
    }

    private void visit(NodeTuple tuple) {
        boolean secret = tuple.getKeyNode() instanceof ScalarNode key
                && SECRET_KEYS.matcher(key.getValue().toLowerCase(Locale.ROOT)).matches();
        visit(tuple.getValueNode(), secret);
    }
}
