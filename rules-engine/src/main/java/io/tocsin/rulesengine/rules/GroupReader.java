package io.tocsin.rulesengine.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one group of a rule file. */
final class GroupReader {
    /** {@code partial_response_strategy} is Thanos'; it changes nothing here. */
    static final Set<String> FIELDS =
            Set.of("name", "interval", "query_offset", "limit", "labels", "rules", "partial_response_strategy");

    private final YamlFields fields;
    private final BiConsumer<YamlFields, Collection<String>> allow;

    GroupReader(YamlFields fields, BiConsumer<YamlFields, Collection<String>> allow) {
        this.fields = fields;
        this.allow = allow;
    }

    RuleGroup read() {
        String name = fields.text("name").orElse("");
        if (name.isEmpty()) {
            fields.source().problems().error(fields.keyPosition("name"), "Groupname must not be empty");
        }
        var interval = fields.duration("interval");
        var labels = fields.scalars("labels");
        LabelChecks.names(fields.fields("labels"), labels);
        List<Rule> rules = new ArrayList<>();
        int number = 0;
        for (Node node : fields.list("rules")) {
            number++;
            YamlFields rule = fields.source().fields(node, "rule");
            String context = "group \"" + name + "\", rule " + number;
            new RuleReader(rule, context, YamlFields.values(labels), interval.orElse(null), allow)
                    .read()
                    .ifPresent(rules::add);
        }
        return new RuleGroup(
                name,
                interval.filter(length -> !length.isZero()).orElse(null),
                fields.duration("query_offset").orElse(null),
                fields.count("limit").orElse(0),
                rules,
                fields.position());
    }
}
