package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that are evaluated one after the other at the same ticks.
 *
 * @param interval null where the file leaves it to the configuration
 * @param queryOffset how far back the expressions look; null where the file leaves it to the configuration
 * @param limit the most alerts or series that a rule may yield; 0 for no limit
 */
public record RuleGroup(
        String name,
        @Nullable Duration interval,
        @Nullable Duration queryOffset,
        int limit,
        List<Rule> rules,
        Position position) {

    public RuleGroup {
        rules = List.copyOf(rules);
    }

    /** File and name, which identify a group. */
    public String key() {
        return position.file() + ";" + name;
    }

    public Duration intervalOr(Duration standard) {
        return interval == null ? standard : interval;
    }

    public Duration queryOffsetOr(Duration standard) {
        return queryOffset == null ? standard : queryOffset;
    }

    /** The rules in the order of their evaluation, objectives replaced by their alerts. */
    public List<Rule> evaluated() {
        return rules.stream().flatMap(rule -> rule.evaluated().stream()).toList();
    }
}
