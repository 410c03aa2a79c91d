package io.tocsin.rulesengine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

class ScalarAlignmentTest {

    /** Each character that is no white space is found where it stands, in every style. */
    @Property(tries = 300)
    void findsEachCharacter(@ForAll("lines") List<String> lines, @ForAll("styles") String style) {
        String text = "key: " + written(lines, style) + "\nnext: 1\n";
        YamlText source = new YamlText("f", text, new Problems());
        List<Node> documents = source.documents();
        assertThat(documents).as(text).isNotEmpty();
        ScalarNode scalar = (ScalarNode)
                ((MappingNode) documents.getFirst()).getValue().getFirst().getValueNode();
        String[] rows = text.split("\n", -1);
        for (int i = 0; i < scalar.getValue().length(); i++) {
            char c = scalar.getValue().charAt(i);
            Position at = source.position(scalar, i);
            char there = rows[at.line() - 1].charAt(Math.min(at.column() - 1, rows[at.line() - 1].length() - 1));
            if (!Character.isWhitespace(c)) {
                assertThat(there == c || there == '\\').as(text + " at " + at).isTrue();
            }
        }
    }

    private static String written(List<String> lines, String style) {
        return switch (style) {
            case "|" -> "|\n  " + String.join("\n  ", lines);
            case ">-" -> ">-\n   " + String.join("\n   ", lines);
            case "'" -> "'" + String.join("\n  ", lines).replace("'", "''") + "'";
            case "\"" -> "\"" + String.join("\\n", lines).replace("\"", "\\\"") + "\"";
            default -> String.join("\n  ", lines).replaceAll("['\"#:{}\\[\\],&*!|>%@`-]", "a");
        };
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withChars("ab(){}[]='\"+ ")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(line -> "x" + line.strip())
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> styles() {
        return Arbitraries.of("|", ">-", "'", "\"", "");
    }
}
