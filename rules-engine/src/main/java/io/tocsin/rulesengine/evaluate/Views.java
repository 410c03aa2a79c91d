package io.tocsin.rulesengine.evaluate;

import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.evaluate.EngineView.AlertView;
import io.tocsin.rulesengine.evaluate.EngineView.GroupView;
import io.tocsin.rulesengine.evaluate.EngineView.Health;
import io.tocsin.rulesengine.evaluate.EngineView.PartitionView;
import io.tocsin.rulesengine.evaluate.EngineView.RuleView;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the rules of one partition were at their newest evaluation, and what is shown of that. */
final class Views {

    private record RuleHealth(Health health, String error, long tickMs, double seconds) {
        static final RuleHealth NONE = new RuleHealth(Health.UNKNOWN, "", 0, 0);
    }

    private record GroupRun(long tickMs, double seconds) {
        static final GroupRun NONE = new GroupRun(0, 0);
    }

    private final Map<String, RuleHealth> rules = new HashMap<>();
    private final Map<String, GroupRun> groups = new HashMap<>();

    void evaluated(CompiledRule rule, String error, long tickMs, double seconds) {
        Health health = error.isEmpty() ? Health.OK : Health.ERROR;
        rules.put(rule.id(), new RuleHealth(health, error, tickMs, seconds));
    }

    /** The rule was due, but no conclusion was allowed. */
    void waiting(CompiledRule rule, Evidence evidence) {
        RuleHealth before = rules.getOrDefault(rule.id(), RuleHealth.NONE);
        String why = evidence.sameRules()
                ? "waiting for complete data since tick " + evidence.tick().tickMs()
                : "shards and evaluation have different versions of the rules";
        rules.put(rule.id(), new RuleHealth(Health.UNKNOWN, why, before.tickMs(), before.seconds()));
    }

    void evaluated(CompiledGroup group, long tickMs, double seconds) {
        groups.put(group.key(), new GroupRun(tickMs, seconds));
    }

    PartitionView view(long tickMs, List<CompiledGroup> owned, Memory memory, Collection<AlertInstance> engineAlerts) {
        List<GroupView> shown = owned.stream().map(group -> view(group, memory)).toList();
        return new PartitionView(
                tickMs, shown, engineAlerts.stream().map(Views::view).toList());
    }

    private GroupView view(CompiledGroup group, Memory memory) {
        GroupRun run = groups.getOrDefault(group.key(), GroupRun.NONE);
        return new GroupView(
                group.file(),
                group.name(),
                group.intervalMs(),
                group.limit(),
                run.tickMs(),
                run.seconds(),
                group.rules().stream().map(rule -> view(rule, memory)).toList());
    }

    private RuleView view(CompiledRule rule, Memory memory) {
        RuleHealth health = rules.getOrDefault(rule.id(), RuleHealth.NONE);
        boolean alerting = rule.rule() instanceof Rule.Alerting;
        return new RuleView(
                rule.id(),
                rule.rule().name(),
                alerting,
                EngineAlerts.expression(rule),
                rule.rule().labels(),
                rule.rule() instanceof Rule.Alerting alert ? alert.annotations() : Map.of(),
                rule.rule() instanceof Rule.Alerting alert ? alert.holdFor().toMillis() : 0,
                rule.rule() instanceof Rule.Alerting alert
                        ? alert.keepFiringFor().toMillis()
                        : 0,
                health.health(),
                health.error(),
                health.tickMs(),
                health.seconds(),
                memory.rule(rule.id()).instances().values().stream()
                        .map(Views::view)
                        .toList());
    }

    private static AlertView view(AlertInstance instance) {
        return new AlertView(
                instance.labels(), new TreeMap<>(), instance.state(), instance.activeSinceMs(), instance.value());
    }
}
