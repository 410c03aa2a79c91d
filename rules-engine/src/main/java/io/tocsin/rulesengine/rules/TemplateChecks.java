package io.tocsin.rulesengine.rules;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.rulesengine.rules.template.AlertTemplate;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Checks that the templates of labels and annotations parse. */
final class TemplateChecks {
    private TemplateChecks() {}

    static void check(
            YamlText source,
            String alert,
            String what,
            String name,
            ScalarNode scalar,
            BiConsumer<Position, String> error) {
        String text = scalar.getValue();
        if (!text.contains("{{")) {
            return;
        }
        try {
            AlertTemplate.parse(alert, text);
        } catch (TemplateException.Parse e) {
            Position at = source.position(scalar, lineStart(text, e.line()));
            error.accept(at, what + " \"" + name + "\": " + e.getMessage());
        }
    }

    private static int lineStart(String text, int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at;
    }
}
