package io.tocsin.rulesengine.rules;

import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads PromQL that stands in YAML: an error points to the place in the file, not in the scalar. */
final class Expressions {
    private Expressions() {}

    static Optional<Expression> parse(YamlText source, ScalarNode scalar, BiConsumer<Position, String> error) {
        String text = scalar.getValue();
        try {
            return Optional.of(new Expression(text, PromqlParser.parse(text, ParserOptions.ALL)));
        } catch (PromqlParseException e) {
            Position at = source.position(scalar, charOffset(text, e.offset()));
            error.accept(at, "could not parse expression: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The UTF-16 offset of a byte of the UTF-8 form. */
    static int charOffset(String text, int byteOffset) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.clamp(byteOffset, 0, bytes.length);
        return new String(bytes, 0, end, StandardCharsets.UTF_8).length();
    }
}
