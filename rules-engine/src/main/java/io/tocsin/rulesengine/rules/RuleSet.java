package io.tocsin.rulesengine.rules;

import java.util.List;

/** All groups of some files, in their order. */
public record RuleSet(List<RuleGroup> groups) {

    public static final RuleSet EMPTY = new RuleSet(List.of());

    public RuleSet {
        groups = List.copyOf(groups);
    }

    /** The rules as they are written: an objective counts as one. */
    public int ruleCount() {
        return groups.stream().mapToInt(group -> group.rules().size()).sum();
    }
}
