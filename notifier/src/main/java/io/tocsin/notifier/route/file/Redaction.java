package io.tocsin.notifier.route.file;

import java.util.Comparator;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
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
            "(.*_)?(password|secret|secrets|token|token_id|credentials|key|url|proxy_connect_header|properties)");

    private static final Pattern SCHEME = Pattern.compile("['\"]?(https?://)");

    private final StringBuilder text;
    /** From where to where, last first; an alias is visited again where it stands. */
    private final SortedMap<Integer, Integer> ranges = new TreeMap<>(Comparator.reverseOrder());

    private Redaction(String text) {
        this.text = new StringBuilder(text);
    }

    static String of(String text, Node root) {
        Redaction redaction = new Redaction(text);
        redaction.visit(root, false);
        redaction.ranges.forEach(redaction::replace);
        return redaction.text.toString();
    }

    private void replace(int start, int end) {
        boolean wholeLines = end > start && text.charAt(end - 1) == '\n';
        int from = afterAnchor(start, end);
        // Go reads this as an address, so that amtool can read the whole.
        Matcher scheme = SCHEME.matcher(text).region(from, end);
        String shown = scheme.lookingAt() ? scheme.group(1) + "<secret>" : "<secret>";
        text.replace(from, end, wholeLines ? shown + "\n" : shown);
    }

    /** An anchor is no secret, and aliases need it. */
    private int afterAnchor(int start, int end) {
        int at = start;
        if (at < end && text.charAt(at) == '&') {
            while (at < end && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < end && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private void visit(Node node, boolean secret) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> visit(tuple, secret));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> visit(element, secret));
        } else if (secret && node instanceof ScalarNode) {
            // Marks count code points; the text counts UTF-16 units.
            int start = text.offsetByCodePoints(
                    0, node.getStartMark().map(Mark::getIndex).orElse(0));
            int end = text.offsetByCodePoints(
                    0, node.getEndMark().map(Mark::getIndex).orElse(0));
            ranges.put(start, end);
        }
    }

    private void visit(NodeTuple tuple, boolean within) {
        boolean secret = within
                || (tuple.getKeyNode() instanceof ScalarNode key
                        && SECRET_KEYS
                                .matcher(key.getValue().toLowerCase(Locale.ROOT))
                                .matches());
        visit(tuple.getValueNode(), secret);
    }
}
