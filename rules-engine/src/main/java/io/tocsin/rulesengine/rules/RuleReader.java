package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one rule: which kind it is, and the fields of that kind. */
final class RuleReader {
    private static final Set<String> COMMON = Set.of("labels", "expr");
    private static final Set<String> ALERT_ONLY = Set.of(
            "for", "keep_firing_for", "annotations", "recover", "spike", "outage", "when_missing", "on_incomplete");
    private static final Set<String> OBJECTIVE =
            Set.of("slo", "objective", "bad", "total", "labels", "annotations", "when_missing", "on_incomplete");
    private static final Map<String, WhenMissing> WHEN_MISSING =
            Map.of("auto", WhenMissing.AUTO, "hold", WhenMissing.HOLD, "resolve", WhenMissing.RESOLVE);
    private static final Map<String, OnIncomplete> ON_INCOMPLETE =
            Map.of("wait", OnIncomplete.WAIT, "present", OnIncomplete.PRESENT);

    private final YamlFields fields;
    private final String context;
    private final SequencedMap<String, String> groupLabels;
    private final @Nullable Duration interval;
    private final BiConsumer<YamlFields, Collection<String>> allow;
    private final Problems problems;

    RuleReader(
            YamlFields fields,
            String context,
            SequencedMap<String, String> groupLabels,
            @Nullable Duration interval,
            BiConsumer<YamlFields, Collection<String>> allow) {
        this.fields = fields;
        this.context = context;
        this.groupLabels = groupLabels;
        this.interval = interval;
        this.allow = allow;
        this.problems = fields.source().problems();
    }

    /** The rule, or nothing when it is too broken to be one; every problem is reported either way. */
    Optional<Rule> read() {
        allow.accept(fields, allowed());
        boolean record = filled("record");
        boolean alert = filled("alert");
        boolean slo = filled("slo");
        int kinds = (record ? 1 : 0) + (alert ? 1 : 0) + (slo ? 1 : 0);
        if (kinds > 1) {
            error(fields.keyPosition(alert ? "alert" : "slo"), onlyOne(slo));
        }
        if (kinds == 0) {
            error(fields.position(), "one of 'record' or 'alert' must be set (or 'slo')");
        }
        if (slo && kinds == 1) {
            return objective();
        }
        SequencedMap<String, ScalarNode> labels = labels();
        Optional<Expression> expression = requiredExpression("expr");
        if (record) {
            return recording(labels, expression).filter(rule -> kinds == 1);
        }
        return alerting(labels, expression).filter(rule -> kinds == 1);
    }

    private static String onlyOne(boolean slo) {
        return "only one of 'record' and 'alert' must be set" + (slo ? ", and 'slo' stands alone" : "");
    }

    private Set<String> allowed() {
        Set<String> names = new TreeSet<>(COMMON);
        names.addAll(Set.of("record", "alert", "slo"));
        names.addAll(ALERT_ONLY);
        if (fields.has("slo")) {
            names.addAll(OBJECTIVE);
        }
        return names;
    }

    private boolean filled(String name) {
        return fields.text(name).filter(text -> !text.isEmpty()).isPresent();
    }

    private void error(Position at, String message) {
        String name = fields.text("alert")
                .or(() -> fields.text("record"))
                .or(() -> fields.text("slo"))
                .orElse("");
        problems.error(at, context + ", \"" + name + "\": " + message);
    }

    private SequencedMap<String, ScalarNode> labels() {
        SequencedMap<String, ScalarNode> labels = fields.scalars("labels");
        LabelChecks.names(fields.fields("labels"), labels);
        return labels;
    }

    private SequencedMap<String, String> merged(SequencedMap<String, ScalarNode> own) {
        SequencedMap<String, String> all = new LinkedHashMap<>(groupLabels);
        all.putAll(YamlFields.values(own));
        return all;
    }

    private Optional<Expression> requiredExpression(String field) {
        if (!filled(field)) {
            error(fields.keyPosition(field), "field '" + field + "' must be set in rule");
            return Optional.empty();
        }
        return expression(field);
    }

    private Optional<Expression> expression(String field) {
        return fields.scalar(field).flatMap(scalar -> Expressions.parse(fields.source(), scalar, this::error));
    }

    private Optional<Rule> recording(SequencedMap<String, ScalarNode> labels, Optional<Expression> expression) {
        for (String name : new TreeSet<>(ALERT_ONLY)) {
            boolean zero = isDuration(name)
                    && fields.text(name)
                            .flatMap(Durations::parse)
                            .filter(Duration::isZero)
                            .isPresent();
            if (fields.has(name) && !zero) {
                error(fields.keyPosition(name), "invalid field '" + name + "' in recording rule");
            }
        }
        String name = fields.text("record").orElse("");
        if (name.contains("{") || name.contains("}")) {
            error(
                    fields.valuePosition("record"),
                    "braces present in the recording rule name; should it be in expr?: " + name);
        }
        Optional<Rule> rule =
                expression.map(parsed -> new Rule.Recording(name, parsed, merged(labels), fields.position()));
        expression.ifPresent(parsed -> RuleLint.recording(fields, parsed));
        return rule;
    }

    private static boolean isDuration(String name) {
        return name.equals("for") || name.equals("keep_firing_for");
    }

    private Optional<Rule> alerting(SequencedMap<String, ScalarNode> labels, Optional<Expression> expression) {
        SequencedMap<String, ScalarNode> annotations = fields.scalars("annotations");
        LabelChecks.annotationNames(fields.fields("annotations"), annotations);
        String name = fields.text("alert").orElse("");
        templates(name, labels, annotations);
        Optional<Condition> condition = new ConditionReader(fields, this::error, allow).read(this::expression);
        Duration holdFor = fields.duration("for").orElse(Duration.ZERO);
        Duration keepFiring = fields.duration("keep_firing_for").orElse(Duration.ZERO);
        WhenMissing whenMissing = fields.choice("when_missing", WHEN_MISSING).orElse(WhenMissing.AUTO);
        OnIncomplete onIncomplete =
                fields.choice("on_incomplete", ON_INCOMPLETE).orElse(OnIncomplete.AUTO);
        if (expression.isEmpty() || condition.isEmpty()) {
            return Optional.empty();
        }
        RuleLint.alerting(fields, expression.get(), condition.get(), holdFor, interval, labels, annotations);
        return Optional.of(new Rule.Alerting(
                name,
                expression.get(),
                condition.get(),
                holdFor,
                keepFiring,
                whenMissing,
                onIncomplete,
                merged(labels),
                YamlFields.values(annotations),
                fields.position()));
    }

    private void templates(String alert, Map<String, ScalarNode> labels, Map<String, ScalarNode> annotations) {
        labels.forEach(
                (key, scalar) -> TemplateChecks.check(fields.source(), alert, "label", key, scalar, this::error));
        annotations.forEach(
                (key, scalar) -> TemplateChecks.check(fields.source(), alert, "annotation", key, scalar, this::error));
    }

    private Optional<Rule> objective() {
        for (String name : List.of("expr", "for", "keep_firing_for", "recover", "spike", "outage")) {
            if (fields.has(name)) {
                error(fields.keyPosition(name), "invalid field '" + name + "' in slo rule");
            }
        }
        SequencedMap<String, ScalarNode> labels = labels();
        SequencedMap<String, ScalarNode> annotations = fields.scalars("annotations");
        LabelChecks.annotationNames(fields.fields("annotations"), annotations);
        String name = fields.text("slo").orElse("");
        templates(name, labels, annotations);
        return new ObjectiveReader(fields, this::error)
                .read(
                        name,
                        merged(labels),
                        YamlFields.values(annotations),
                        fields.choice("when_missing", WHEN_MISSING).orElse(WhenMissing.AUTO),
                        fields.choice("on_incomplete", ON_INCOMPLETE).orElse(OnIncomplete.AUTO))
                .map(objective -> objective);
    }
}
