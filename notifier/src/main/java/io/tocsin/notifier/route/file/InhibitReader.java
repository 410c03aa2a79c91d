package io.tocsin.notifier.route.file;

import io.tocsin.notifier.inhibit.InhibitRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code inhibit_rules}. */
final class InhibitReader {

    private static final Set<String> KEYS = Keys.words("""
            name source_match source_match_re source_matchers target_match target_match_re target_matchers equal""");

    private final Reading reading;
    private final MatchersReader matchers;

    InhibitReader(Reading reading) {
        this.reading = reading;
        this.matchers = new MatchersReader(reading);
    }

    List<InhibitRule> all(List<Node> nodes) {
        return nodes.stream().map(this::rule).toList();
    }

    private InhibitRule rule(Node node) {
        YamlObject rule = YamlObject.of(reading, node, "an inhibition rule", KEYS);
        Set<String> equal = new LinkedHashSet<>();
        for (ScalarNode label : rule.texts("equal")) {
            if (label.getValue().isEmpty()) {
                reading.invalid(label, "a label name in equal must not be empty");
            }
            equal.add(label.getValue());
        }
        return new InhibitRule(
                rule.text("name", ""),
                matchers.read(rule, "source_match", "source_match_re", "source_matchers"),
                matchers.read(rule, "target_match", "target_match_re", "target_matchers"),
                equal);
    }
}
