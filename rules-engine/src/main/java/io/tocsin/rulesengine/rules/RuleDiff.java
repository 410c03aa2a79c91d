package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;

/** What changes from one rule set to another, rule by rule; the order of rules and files counts for nothing. */
public final class RuleDiff {

    private static final String ABSENT = "";

    private RuleDiff() {}

    /** How a rule changes. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** One thing about a rule that changes; "" where it was not, or is not any more, said. */
    public record Field(String name, String before, String after) {}

    /** A rule that changes, and how; of one that comes or goes no fields are listed. */
    public record Change(Kind kind, String rule, List<Field> fields) {
        public Change {
            fields = List.copyOf(fields);
        }
    }

    /** All rules that change, first those that there were before, in their order. */
    public static List<Change> between(RuleSet before, RuleSet after) {
        SequencedMap<String, Map<String, String>> was = described(before);
        SequencedMap<String, Map<String, String>> is = described(after);
        List<Change> changes = new ArrayList<>();
        was.forEach((rule, fields) -> {
            Map<String, String> now = is.get(rule);
            if (now == null) {
                changes.add(new Change(Kind.REMOVED, rule, List.of()));
            } else if (!now.equals(fields)) {
                changes.add(new Change(Kind.CHANGED, rule, fields(fields, now)));
            }
        });
        is.keySet().stream()
                .filter(rule -> !was.containsKey(rule))
                .forEach(rule -> changes.add(new Change(Kind.ADDED, rule, List.of())));
        return changes;
    }

    private static List<Field> fields(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Field(name, before.getOrDefault(name, ABSENT), after.getOrDefault(name, ABSENT)))
                .toList();
    }

    private static SequencedMap<String, Map<String, String>> described(RuleSet set) {
        SequencedMap<String, Map<String, String>> rules = new LinkedHashMap<>();
        for (RuleGroup group : set.groups()) {
            Map<String, Integer> seen = new LinkedHashMap<>();
            for (Rule rule : group.rules()) {
                int number = seen.merge(rule.name(), 1, Integer::sum);
                String name = group.key() + "/" + rule.name() + (number == 1 ? "" : "#" + number);
                Map<String, String> fields = new LinkedHashMap<>();
                group(group, fields);
                rule(rule, fields);
                rules.put(name, fields);
            }
        }
        return rules;
    }

    private static void group(RuleGroup group, Map<String, String> fields) {
        if (group.interval() != null) {
            fields.put("group interval", Durations.format(group.interval()));
        }
        if (group.queryOffset() != null) {
            fields.put("group query_offset", Durations.format(group.queryOffset()));
        }
        if (group.limit() != 0) {
            fields.put("group limit", Integer.toString(group.limit()));
        }
    }

    private static void rule(Rule rule, Map<String, String> fields) {
        rule.labels().forEach((name, value) -> fields.put("label " + name, value));
        switch (rule) {
            case Rule.Recording recording ->
                fields.put("expr", recording.expression().text());
            case Rule.Alerting alerting -> alerting(alerting, fields);
            case Rule.Objective objective -> {
                fields.put("objective", Double.toString(objective.objective()));
                objective.annotations().forEach((name, value) -> fields.put("annotation " + name, value));
                objective
                        .alerts()
                        .forEach(alert -> fields.put(
                                "burn rate " + alert.labels(),
                                alert.expression().text()));
            }
        }
    }

    private static void alerting(Rule.Alerting rule, Map<String, String> fields) {
        fields.put("expr", rule.expression().text());
        duration("for", rule.holdFor(), fields);
        duration("keep_firing_for", rule.keepFiringFor(), fields);
        fields.put("when_missing", rule.whenMissing().toString());
        fields.put("on_incomplete", rule.onIncomplete().toString());
        rule.annotations().forEach((name, value) -> fields.put("annotation " + name, value));
        switch (rule.condition()) {
            case Condition.Threshold threshold -> {
                if (threshold.recover() != null) {
                    fields.put("recover", threshold.recover().text());
                }
            }
            case Condition.Spike spike -> fields.put("spike", spike.toString());
            case Condition.Outage outage -> fields.put("outage", outage.toString());
        }
    }

    private static void duration(String name, Duration duration, Map<String, String> fields) {
        if (!duration.isZero()) {
            fields.put(name, Durations.format(duration));
        }
    }
}
