package io.tocsin.rulesengine.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds rules that yield the same series or alerts twice: allowed, but hardly ever meant. */
final class Duplicates {
    private Duplicates() {}

    /** What two rules must not have in common. */
    private record Identity(String kind, String name, Map<String, String> labels, String expression) {}

    static void warn(List<RuleGroup> groups, Problems problems) {
        Map<Identity, Position> seen = new HashMap<>();
        for (RuleGroup group : groups) {
            for (Rule rule : group.rules()) {
                Position first = seen.putIfAbsent(identity(rule), rule.position());
                if (first != null) {
                    problems.warning(
                            rule.position(),
                            "duplicate rule: " + rule.name() + " with the same labels stands at " + first.file() + ":"
                                    + first.line());
                }
            }
        }
    }

    /** Two alerts may share name and labels as fallbacks of each other; only with one expression are they one. */
    private static Identity identity(Rule rule) {
        return switch (rule) {
            case Rule.Recording recording -> new Identity("record", recording.name(), recording.labels(), "");
            case Rule.Alerting alerting ->
                new Identity(
                        "alert",
                        alerting.name(),
                        alerting.labels(),
                        alerting.expression().text().strip());
            case Rule.Objective objective -> new Identity("slo", objective.name(), objective.labels(), "");
        };
    }
}
