package io.tocsin.rulesengine.rules.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {

    private final RuleCompiler compiler = new RuleCompiler(1000, 250, Duration.ofSeconds(15), Duration.ZERO);

    private CompiledRules compile(String... groups) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("f.yaml", "groups:\n" + String.join("\n", groups));
        return compiler.compile("1", 0, files);
    }

    private static String group(String name, String head, String... rules) {
        return "- name: " + name + "\n" + head.indent(2) + "  rules:\n"
                + String.join("\n", rules).indent(2);
    }

    private static String alert(String name, String expr) {
        return "- alert: " + name + "\n  expr: " + expr;
    }

    @Test
    void idsCountPerNameSoThatARuleBeforeChangesNone() {
        List<String> ids = compile(group("g", "", alert("B", "x"), alert("A", "x"), alert("A", "y")))
                .rules()
                .map(CompiledRule::id)
                .toList();
        assertThat(ids).containsExactly("f.yaml;g/B#0", "f.yaml;g/A#0", "f.yaml;g/A#1");
    }

    @Test
    void intervalsAreRoundedUpToTheBaseTickAndPhasesLieWithinThem() {
        assertThat(compile(group("g", "interval: 1500ms", alert("A", "x"))).groups())
                .singleElement()
                .satisfies(group -> assertThat(group.intervalMs()).isEqualTo(2000));
        CompiledGroup standard =
                compile(group("g", "", alert("A", "x"))).groups().getFirst();
        assertThat(standard.intervalMs()).isEqualTo(15_000);
        assertThat(standard.phaseMs()).isBetween(0L, 14_000L);
        long due = 0;
        for (long tick = 0; tick < 60_000; tick += 1000) {
            due += standard.dueAt(tick) ? 1 : 0;
        }
        assertThat(due).isEqualTo(4);
    }

    @Test
    void aGroupMayAskForAPartOfTheBaseTick() {
        CompiledRules rules = compile(group("g", "interval: 200ms", alert("A", "x")));
        assertThat(rules.groups().getFirst().intervalMs()).isEqualTo(250);
        assertThat(rules.needsTicksBetween(1000)).isTrue();
        assertThat(compile(group("g", "interval: 7s", alert("A", "x"))).needsTicksBetween(1000))
                .isFalse();
    }

    @Test
    void groupsOfOneIntervalAreSpreadOverItsTicks() {
        String[] groups = new String[60];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = group("group-" + i, "", alert("A", "x"));
        }
        Set<Long> phases = new HashSet<>();
        compile(groups).groups().forEach(group -> phases.add(group.phaseMs()));
        assertThat(phases).hasSizeGreaterThan(10);
    }

    @Test
    void whatIsRecordedAndWhoReadsItLiveOnOnePartition() {
        CompiledRules rules = compile(
                group("a", "", alert("A", "r1 > 1")),
                group("b", "", "- record: r1\n  expr: sum(r2)"),
                group("c", "", "- record: r2\n  expr: sum(x)"),
                group("d", "", alert("D", "'{__name__=~\"r.\"} > 1'")),
                group("e", "", alert("E", "y > 1")));
        List<Integer> keys = rules.partitionKeys();
        assertThat(keys.subList(0, 4)).containsOnly(keys.getFirst());
        assertThat(keys.get(4)).isNotEqualTo(keys.getFirst());
        for (int partitions : new int[] {1, 3, 4}) {
            long owned = 0;
            for (int partition = 0; partition < partitions; partition++) {
                owned += rules.groupsOf(partition, partitions).size();
            }
            assertThat(owned).isEqualTo(5);
        }
    }

    @Test
    void aRuleKnowsHowFarItLooksBack() {
        assertThat(range("x")).isZero();
        assertThat(range("rate(x[5m])")).isEqualTo(300_000);
        assertThat(range("rate(x[5m] offset 1m)")).isEqualTo(360_000);
        assertThat(range("max_over_time(rate(x[5m])[10m:1m])")).isEqualTo(900_000);
        assertThat(range("x offset 1h > 2 and rate(y[2m]) > 1")).isEqualTo(3_600_000);
        assertThat(range("x offset -5m")).isZero();
    }

    private long range(String expr) {
        return compile(group("g", "", alert("A", expr)))
                .rules()
                .findFirst()
                .orElseThrow()
                .maxRangeMs();
    }

    @Test
    void whatIsNotValidIsRefusedAsAWhole() {
        assertThatThrownBy(() -> compile(group("g", "", alert("A", "sum("), alert("B", "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rules of version 1 are not valid: f.yaml:5:");
    }

    @Test
    void theVersionInForceIsTheOneThatTookEffectLast() {
        EngineRules rules = new EngineRules();
        assertThat(rules.at(0)).isSameAs(CompiledRules.NONE);
        rules.add(new CompiledRules("1", 100, List.of(), List.of()));
        rules.add(new CompiledRules("2", 200, List.of(), List.of()));
        rules.add(new CompiledRules("3", 200, List.of(), List.of()));
        assertThat(rules.at(99).version()).isEmpty();
        assertThat(rules.at(100).version()).isEqualTo("1");
        assertThat(rules.at(199).version()).isEqualTo("1");
        assertThat(rules.at(200).version()).isEqualTo("3");
    }

    @Test
    void noTickIsEvaluatedBeforeItsRulesAreRead() {
        EngineRules rules = new EngineRules();
        rules.readUpTo(5);
        rules.awaitOffset(5, Duration.ZERO);
        assertThatThrownBy(() -> rules.awaitOffset(6, Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rules up to offset 6 were not read");
    }
}
