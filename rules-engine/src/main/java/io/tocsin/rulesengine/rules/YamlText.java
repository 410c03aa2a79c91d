package io.tocsin.rulesengine.rules;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML text whose nodes know where they stand. Scalars stay texts: what they mean is decided by who reads them. */
public final class YamlText {
    /** Far beyond any rule file, and small enough that a wrong file cannot fill the memory. */
    private static final int MAX_CODE_POINTS = 64 << 20;

    private static final int MAX_ALIASES = 10_000;

    private final String file;
    private final String text;
    private final Problems problems;

    public YamlText(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    public Problems problems() {
        return problems;
    }

    /** The documents up to the first one that is no YAML, which is reported. */
    public List<Node> documents() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_CODE_POINTS)
                .build();
        List<Node> documents = new ArrayList<>();
        try {
            Iterator<Node> nodes =
                    new Compose(settings).composeAllFromString(text).iterator();
            while (nodes.hasNext()) {
                documents.add(nodes.next());
            }
        } catch (MarkedYamlEngineException e) {
            Position at =
                    e.getProblemMark().or(e::getContextMark).map(this::position).orElse(start());
            problems.error(at, "not valid YAML: " + described(e));
        } catch (YamlEngineException e) {
            problems.error(start(), "not valid YAML: " + e.getMessage());
        }
        return documents;
    }

    private static String described(MarkedYamlEngineException e) {
        String context = e.getContext();
        return context == null || context.isEmpty() ? e.getProblem() : e.getProblem() + " (" + context + ")";
    }

    public Position start() {
        return new Position(file, 1, 1);
    }

    public Position position(Node node) {
        return node.getStartMark().map(this::position).orElse(start());
    }

    private Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /**
     * Where a character of a scalar's value stands in the file, whatever the scalar's style.
     *
     * @param offset of the character in the value, in UTF-16 units
     */
    public Position position(ScalarNode scalar, int offset) {
        Optional<Mark> from = scalar.getStartMark();
        Optional<Mark> to = scalar.getEndMark();
        if (from.isEmpty() || to.isEmpty()) {
            return position(scalar);
        }
        int start = text.offsetByCodePoints(0, from.get().getIndex());
        int end = text.offsetByCodePoints(0, Math.min(to.get().getIndex(), text.codePointCount(0, text.length())));
        int at = new ScalarAlignment(text.substring(start, end), scalar.getScalarStyle())
                .rawOffset(scalar.getValue(), offset);
        return positionAt(start + at);
    }

    private Position positionAt(int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(file, line, text.codePointCount(lineStart, index) + 1);
    }

    /** The fields of a mapping; anything else is reported, and read as no fields. */
    public YamlFields fields(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return YamlFields.of(this, mapping, what);
        }
        if (!isNull(node)) {
            problems.error(position(node), "expected " + what + " with fields, found " + shown(node));
        }
        return YamlFields.none(this, node, what);
    }

    /** Whether nothing is written there. */
    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equals("null"));
    }

    static String shown(Node node) {
        return switch (node) {
            case MappingNode _ -> "fields";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar -> "the text '" + scalar.getValue() + "'";
            default -> "something else";
        };
    }
}
