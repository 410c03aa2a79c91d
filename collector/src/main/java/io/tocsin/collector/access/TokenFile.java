package io.tocsin.collector.access;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a tokens file: a list under {@code tokens} of {@code name}, {@code sha256}, {@code scopes} and {@code expires}. */
final class TokenFile {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> KEYS = Set.of("name", "sha256", "scopes", "expires");

    private final String file;

    private TokenFile(String file) {
        this.file = file;
    }

    /**
     * The tokens in a text.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException with file:line:column, what was found and what was expected
     */
    static List<Token> read(String file, String yaml) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            Node root = new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> new IllegalArgumentException(file + ":1:1: expected a list under \"tokens\""));
            return new TokenFile(file).tokens(root);
        } catch (MarkedYamlEngineException e) {
            String at = e.getProblemMark().map(TokenFile::at).orElse("");
            throw new IllegalArgumentException(file + at + ": " + e.getProblem());
        }
    }

    private List<Token> tokens(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            throw wrong(root, "expected a list under \"tokens\"");
        }
        List<Token> tokens = new ArrayList<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!text(entry.getKeyNode()).equals("tokens") || !(entry.getValueNode() instanceof SequenceNode list)) {
                throw wrong(entry.getKeyNode(), "expected a list under \"tokens\" and nothing else");
            }
            for (Node item : list.getValue()) {
                tokens.add(token(item));
            }
        }
        return List.copyOf(tokens);
    }

    private Token token(Node item) {
        if (!(item instanceof MappingNode mapping)) {
            throw wrong(item, "expected name, sha256 and scopes");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!KEYS.contains(text(entry.getKeyNode()))) {
                throw wrong(
                        entry.getKeyNode(),
                        "unknown key \"" + text(entry.getKeyNode()) + "\"; there are name, sha256, scopes, expires");
            }
        }
        Node hash = required(mapping, "sha256");
        if (!SHA256.matcher(text(hash)).matches()) {
            // What stands here may be the token itself: it is not repeated.
            throw wrong(hash, "expected the SHA-256 of the token, 64 lower-case hex digits");
        }
        Node name = required(mapping, "name");
        if (text(name).isEmpty()) {
            throw wrong(name, "the name is empty");
        }
        return new Token(text(name), text(hash), scopes(required(mapping, "scopes")), expires(mapping));
    }

    private Set<Scope> scopes(Node node) {
        if (!(node instanceof SequenceNode list)) {
            throw wrong(node, "expected a list of scopes");
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Node item : list.getValue()) {
            scopes.add(Arrays.stream(Scope.values())
                    .filter(scope -> scope.written().equals(text(item).toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() ->
                            wrong(item, "unknown scope \"" + text(item) + "\"; there are metrics, traces and logs")));
        }
        return scopes;
    }

    private @Nullable Instant expires(MappingNode mapping) {
        Optional<Node> node = value(mapping, "expires");
        if (node.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text(node.get()));
        } catch (DateTimeParseException e) {
            throw wrong(node.get(), "expected a time such as 2027-01-31T00:00:00Z, not \"" + text(node.get()) + "\"");
        }
    }

    private Node required(MappingNode mapping, String key) {
        return value(mapping, key).orElseThrow(() -> wrong(mapping, "\"" + key + "\" is missing"));
    }

    private Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> text(entry.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private IllegalArgumentException wrong(Node node, String problem) {
        return new IllegalArgumentException(
                file + node.getStartMark().map(TokenFile::at).orElse("") + ": " + problem);
    }

    private static String at(Mark mark) {
        return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
