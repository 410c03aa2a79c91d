package io.tocsin.rulesengine.rules.compile;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts groups that read what other groups record on one evaluate partition: that is where recorded series live. */
final class RecordedLinks {

    /** What every alerting rule records. */
    static final Set<String> ALERTS = Set.of("ALERTS", "ALERTS_FOR_STATE");

    private final int[] parent;

    private RecordedLinks(int groups) {
        parent = new int[groups];
        for (int i = 0; i < groups; i++) {
            parent[i] = i;
        }
    }

    /** Per group the hash of the first group that it is linked with, itself included. */
    static List<Integer> partitionKeys(List<CompiledGroup> groups) {
        RecordedLinks links = new RecordedLinks(groups.size());
        Map<String, Integer> recorders = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            for (CompiledRule rule : groups.get(i).rules()) {
                if (rule.rule() instanceof Rule.Recording) {
                    Integer other = recorders.putIfAbsent(rule.rule().name(), i);
                    links.link(other == null ? i : other, i);
                }
            }
        }
        for (int i = 0; i < groups.size(); i++) {
            for (CompiledRule rule : groups.get(i).rules()) {
                links.linkReader(i, rule, recorders);
            }
        }
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            keys.add(groups.get(links.find(i)).key().hashCode());
        }
        return keys;
    }

    private void linkReader(int group, CompiledRule rule, Map<String, Integer> recorders) {
        Set<LabelMatcher> names = new HashSet<>();
        collectNames(rule.expr().original(), names);
        rule.recover().ifPresent(recover -> collectNames(recover.original(), names));
        for (LabelMatcher name : names) {
            if (ALERTS.stream().anyMatch(name::matches) && name.type() == LabelMatcher.Type.EQ) {
                linkAll();
            }
            if (name.type() == LabelMatcher.Type.EQ) {
                Integer recorder = recorders.get(name.value());
                if (recorder != null) {
                    link(group, recorder);
                }
            } else {
                recorders.forEach((recorded, recorder) -> {
                    if (name.matches(recorded)) {
                        link(group, recorder);
                    }
                });
            }
        }
    }

    /** Alerts of any rule may be meant. */
    private void linkAll() {
        for (int i = 1; i < parent.length; i++) {
            link(0, i);
        }
    }

    private static void collectNames(Expr expr, Set<LabelMatcher> names) {
        if (expr instanceof Expr.VectorSelector selector) {
            selector.matchers().stream()
                    .filter(matcher -> matcher.name().equals(Labels.METRIC_NAME))
                    .forEach(names::add);
        }
        expr.children().forEach(child -> collectNames(child, names));
    }

    private void link(int one, int other) {
        int a = find(one);
        int b = find(other);
        // The earlier group leads, so that the choice does not depend on the order of linking.
        parent[Math.max(a, b)] = Math.min(a, b);
    }

    private int find(int group) {
        int at = group;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }
}
