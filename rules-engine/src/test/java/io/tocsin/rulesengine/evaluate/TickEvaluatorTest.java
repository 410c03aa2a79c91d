package io.tocsin.rulesengine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.evaluate.ShardReport.Evidence;
import io.tocsin.rulesengine.evaluate.ShardReport.Silence;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TickEvaluatorTest {

    private static final String HOT = """
            groups:
            - name: g
              rules:
              - alert: Hot
                expr: temperature > 5
                labels: {severity: page}
                annotations: {summary: '{{ $labels.instance }} is at {{ $value }}'}
            """;

    private static final String TWO_RULES = """
            groups:
            - name: g
              rules:
              - alert: Cold
                expr: temperature < 1
              - alert: Hot
                expr: temperature > 5
                labels: {severity: page}
            """;

    private final Tower tower = new Tower();

    private Tower temperature(String shard, long second, double value, String instance) {
        return tower.sample(shard, second, value, "__name__", "temperature", "job", "oven", "instance", instance);
    }

    @Test
    void anAlertCarriesLabelsAnnotationsAndTheQualityOfItsData() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a");
        temperature(Tower.TWO, 1, 3, "b");
        tower.tick(1);
        assertThat(tower.happened)
                .containsExactly("1 Hot{instance=a, job=oven, severity=page} INACTIVE>FIRING THRESHOLD_CROSSED");
        Notice notice = tower.notices.getFirst();
        assertThat(notice.annotations()).containsEntry("summary", "a is at 7");
        assertThat(notice.rule()).isEqualTo("f.yaml;g/Hot#0");
        assertThat(notice.expr()).isEqualTo("temperature > 5");
        assertThat(notice.complete()).isTrue();
        assertThat(notice.reported()).isEqualTo(2);
        assertThat(notice.expected()).isEqualTo(2);
        assertThat(notice.newestAgeMs()).isZero();
    }

    @Test
    void theAgeOfTheNewestSampleSaysHowOldTheEvidenceIs() {
        tower.rules("1", HOT.replace("temperature > 5", "temperature offset 3s > 5"));
        temperature(Tower.ONE, 1, 7, "a").tick(4);
        assertThat(tower.notices.getFirst().newestAgeMs()).isEqualTo(3_000);
    }

    @Test
    void aSpikeIsToldOnceTheSeriesIsKnownAndSaysWhatWasExpected() {
        tower.rules("1", """
                groups:
                - name: g
                  interval: 5m
                  rules:
                  - alert: Odd
                    expr: temperature
                    spike: {direction: up, sensitivity: high}
                """);
        Random random = new Random(5);
        long day = 24 * 12;
        for (long i = 1; i <= day + 40; i++) {
            // The first one comes while the series is only observed.
            double value = i == day / 2 ? 40 : i > day + 30 ? 300 : 20 + random.nextDouble();
            for (long second = i * 300; second < i * 300 + 300; second++) {
                if (second % 5 == 0) {
                    temperature(Tower.ONE, second, value, "a");
                }
                tower.tick(second);
            }
            if (i == day + 20) {
                // What was learned is in the ledger.
                tower.restart();
            }
        }
        assertThat(tower.happened).singleElement().asString().endsWith("INACTIVE>FIRING SPIKE");
        assertThat(tower.notices.getFirst().annotations().get("why")).contains("300 is higher than", ", expected ");
    }

    @Test
    void b1_aFiringAlertWhoseTargetFallsSilentHasNoDataAndDoesNotRecover() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        tower.silent(Tower.ONE, new Silence("oven", "a", 1000, 1000));
        for (long second = 2; second <= 30; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened)
                .hasSize(2)
                .last()
                .isEqualTo("6 Hot{instance=a, job=oven, severity=page} FIRING>NO_DATA TARGET_SILENT");
        tower.silent(Tower.ONE);
        temperature(Tower.ONE, 31, 2, "a").tick(31);
        assertThat(tower.happened).last().asString().endsWith("NO_DATA>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void aSeriesThatEndsWhileItsTargetReportsIsOver() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        for (long second = 2; second <= 8; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened).last().asString().startsWith("7 Hot").endsWith("FIRING>INACTIVE SERIES_ENDED");
    }

    @Test
    void anAggregateThatDropsBecauseItsTargetsFellSilentDoesNotResolve() {
        tower.rules("1", HOT.replace("temperature > 5", "sum by (job) (temperature) > 5"));
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        tower.silent(Tower.ONE, new Silence("oven", "a", 1000, 1000));
        for (long second = 2; second <= 9; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened).last().asString().startsWith("6 ").endsWith("FIRING>NO_DATA TARGET_SILENT");
        // What fell silent long after it vanished is not why it vanished; what was silent then still is.
        for (long second = 10; second <= 40; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened).hasSize(2);
    }

    @Test
    void b9_aStalledShardIsOneAlertAndNothingElseChanges() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a");
        temperature(Tower.TWO, 1, 8, "b").tick(1);
        tower.exclude(Tower.TWO);
        for (long second = 2; second <= 60; second++) {
            temperature(Tower.ONE, second, 7, "a").tick(second);
        }
        assertThat(tower.happened)
                .hasSize(3)
                .last()
                .isEqualTo(
                        "2 TocsinPipelineStalled{severity=critical, shard=metrics/1} INACTIVE>FIRING PIPELINE_STALLED");
        assertThat(tower.notices.getLast().annotations().get("summary")).contains("metrics/1", "nothing resolves");
        assertThat(tower.notices.getLast().complete()).isFalse();
        tower.exclude();
        temperature(Tower.ONE, 61, 7, "a");
        temperature(Tower.TWO, 61, 8, "b").tick(61);
        assertThat(tower.happened).hasSize(4).last().asString().endsWith("FIRING>INACTIVE PIPELINE_RESUMED");
    }

    @Test
    void b21_whatMayBeLateResolvesNothingButStillFires() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        tower.evidence(Tower.TWO, Evidence.INCOMPLETE);
        temperature(Tower.ONE, 2, 1, "a");
        temperature(Tower.ONE, 2, 9, "b").tick(2);
        assertThat(tower.happened).hasSize(2).last().asString().startsWith("2 Hot{instance=b");
        tower.evidence(Tower.TWO, Evidence.COMPLETE);
        tower.tick(3);
        assertThat(tower.happened)
                .hasSize(3)
                .last()
                .asString()
                .startsWith("3 Hot{instance=a")
                .endsWith("FRESH_DATA");
    }

    @Test
    void b21_anAggregateOfIncompleteDataSaysNothing() {
        tower.rules("1", HOT.replace("temperature > 5", "sum by (job) (temperature) > 5"));
        tower.evidence(Tower.TWO, Evidence.INCOMPLETE);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        assertThat(tower.happened).isEmpty();
        assertThat(tower.view(1).groups().getFirst().rules().getFirst().lastError())
                .isEqualTo("waiting for complete data since tick 1000");
    }

    @Test
    void aWindowWithAHoleProvesNotThatACounterStands() {
        tower.rules("1", HOT.replace("temperature > 5", "rate(temperature[10s]) < 100"));
        tower.evidence(Tower.TWO, Evidence.INCOMPLETE);
        for (long second = 1; second <= 12; second++) {
            temperature(Tower.ONE, second, second, "a").tick(second);
        }
        assertThat(tower.happened).isEmpty();
        tower.evidence(Tower.TWO, Evidence.COMPLETE);
        temperature(Tower.ONE, 13, 13, "a").tick(13);
        assertThat(tower.happened).hasSize(1);
    }

    @Test
    void aRuleCanAskToWaitOrNotTo() {
        tower.rules("1", HOT.replace("annotations:", "on_incomplete: wait\n    annotations:"));
        tower.evidence(Tower.TWO, Evidence.INCOMPLETE);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        assertThat(tower.happened).isEmpty();
        tower.rules(
                "2",
                HOT.replace("temperature > 5", "sum by (job) (temperature) > 5")
                        .replace("annotations:", "on_incomplete: present\n    annotations:"));
        tower.tick(2);
        assertThat(tower.happened).hasSize(1);
    }

    @Test
    void nothingIsConcludedWhileAShardIsBlindOrHasOtherRules() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a").evidence(Tower.TWO, Evidence.BLIND).tick(1);
        assertThat(tower.happened).isEmpty();
        tower.evidence(Tower.TWO, Evidence.COMPLETE);
        tower.shardVersion = "0";
        tower.tick(2);
        assertThat(tower.happened).isEmpty();
        tower.shardVersion = "1";
        tower.tick(3);
        assertThat(tower.happened).hasSize(1);
    }

    @Test
    void b14_theAlertsUpToTheLimitStayAndOneMetaAlertSaysHowManyAreCut() {
        tower.rules("1", HOT.replace("- name: g", "- name: g\n  limit: 2"));
        for (String instance : List.of("a", "b", "c", "d", "e")) {
            temperature(Tower.ONE, 1, 7, instance);
        }
        tower.tick(1);
        tower.tick(2);
        assertThat(tower.happened).hasSize(3);
        assertThat(tower.notices)
                .filteredOn(notice -> notice.rule().startsWith("tocsin/limit/"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.annotations())
                        .containsEntry("summary", "3 alerts of Hot are cut by its limit of 2"));
        for (String instance : List.of("a", "b", "c", "d", "e")) {
            temperature(Tower.ONE, 3, 1, instance);
        }
        tower.tick(3);
        assertThat(tower.happened).hasSize(6);
        assertThat(tower.view(3).engineAlerts()).isEmpty();
    }

    @Test
    void aRuleThatCannotBeEvaluatedSaysSoAndItsAlertsStay() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        tower.failing(Tower.TWO, "out of memory").tick(2);
        tower.tick(3);
        assertThat(tower.happened)
                .hasSize(2)
                .last()
                .asString()
                .contains("TocsinRuleFailing")
                .endsWith("EVALUATION_FAILED");
        assertThat(tower.notices.getLast().annotations()).containsEntry("summary", "out of memory");
        assertThat(tower.view(3).groups().getFirst().rules().getFirst().health())
                .isEqualTo(EngineView.Health.ERROR);
        tower.failing(Tower.TWO, "").tick(4);
        assertThat(tower.happened).hasSize(3).last().asString().endsWith("ERROR>INACTIVE EVALUATION_RESTORED");
    }

    @Test
    void aRuleThatIsRemovedTakesItsAlertsWithIt() {
        tower.rules("1", TWO_RULES);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        assertThat(tower.recorded("ALERTS", 1)).hasSize(1);
        tower.rules("2", "groups: []").tick(2);
        assertThat(tower.recorded("ALERTS", 2)).isEmpty();
        assertThat(tower.happened).hasSize(2).last().asString().endsWith("FIRING>INACTIVE RULE_REMOVED");
        assertThat(tower.ledger.keySet()).noneMatch(key -> key.startsWith("alert"));
    }

    @Test
    void aRuleKeepsItsAlertsWhenAnnotationsChangeOrAnotherRuleIsPutBeforeIt() {
        tower.rules("1", HOT);
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        tower.rules("2", TWO_RULES).tick(2);
        assertThat(tower.happened).hasSize(1);
    }

    @Test
    void b5_theRecoveryConditionDecidesWhenItIsOver() {
        tower.rules("1", HOT.replace("temperature > 5", "temperature > 5\n    recover: temperature < 3"));
        double[] values = {7, 4, 6, 4, 3.5, 2};
        for (int i = 0; i < values.length; i++) {
            temperature(Tower.ONE, i + 1, values[i], "a").tick(i + 1);
        }
        assertThat(tower.happened).hasSize(2).last().asString().startsWith("6 ");
    }

    @Test
    void aRecordedSeriesIsThereForLaterRulesOfTheTickAndEnds() {
        tower.rules("1", """
                groups:
                - name: g
                  rules:
                  - record: job:temperature:max
                    expr: max by (job) (temperature)
                  - alert: Hot
                    expr: job:temperature:max > 5
                    when_missing: resolve
                """);
        temperature(Tower.ONE, 1, 7, "a");
        temperature(Tower.TWO, 1, 9, "b").tick(1);
        assertThat(tower.happened).containsExactly("1 Hot{job=oven} INACTIVE>FIRING THRESHOLD_CROSSED");
        tower.restart();
        for (long second = 2; second <= 6; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened).last().isEqualTo("6 Hot{job=oven} FIRING>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void whatARecordingRuleRecordedEndsWithTheRule() {
        tower.rules("1", "groups: [{name: g, rules: [{record: t, expr: temperature}]}]");
        temperature(Tower.ONE, 1, 7, "a").tick(1);
        assertThat(tower.recorded("t", 1)).hasSize(1);
        tower.restart().rules("2", "groups: []").tick(2);
        assertThat(tower.recorded("t", 2)).isEmpty();
    }

    private static final String SILENT = """
            groups:
            - name: g
              rules:
              - alert: Away
                expr: temperature
                outage: {missing_for: 3 intervals, forget_after: 1h}
            """;

    @Test
    void anOutageIsFoundAndItsReturnToo() {
        tower.rules("1", SILENT);
        for (long second = 1; second <= 5; second++) {
            temperature(Tower.ONE, second, 1, "a").tick(second);
        }
        // In the result until the lookback ends at 10.
        for (long second = 6; second <= 14; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened).containsExactly("12 Away{instance=a, job=oven} INACTIVE>FIRING SERIES_MISSING");
        temperature(Tower.ONE, 15, 1, "a").tick(15);
        assertThat(tower.happened).last().isEqualTo("15 Away{instance=a, job=oven} FIRING>INACTIVE SERIES_RETURNED");
    }

    @Test
    void b9_absenceUnderIncompleteDataIsNoOutage() {
        tower.rules("1", SILENT);
        for (long second = 1; second <= 5; second++) {
            temperature(Tower.ONE, second, 1, "a").tick(second);
        }
        tower.evidence(Tower.TWO, Evidence.INCOMPLETE);
        for (long second = 6; second <= 60; second++) {
            tower.tick(second);
        }
        assertThat(tower.happened).isEmpty();
    }

    @Test
    void aRedeployUnderNewInstanceIdsIsNoOutage() {
        tower.rules("1", SILENT);
        for (long second = 1; second <= 60; second++) {
            for (String instance : second <= 20 ? List.of("a1", "b1") : List.of("a2", "b2")) {
                temperature(Tower.ONE, second, 1, instance);
            }
            tower.tick(second);
        }
        assertThat(tower.happened).isEmpty();
    }

    @Test
    void aRedeployThatBringsBackFewerIsAnOutageOfTheOthers() {
        tower.rules("1", SILENT);
        for (long second = 1; second <= 60; second++) {
            for (String instance : second <= 20 ? List.of("a1", "b1") : List.of("a2")) {
                temperature(Tower.ONE, second, 1, instance);
            }
            tower.tick(second);
        }
        assertThat(tower.happened).singleElement().asString().endsWith("INACTIVE>FIRING SERIES_MISSING");
    }

    @Test
    void aCrashedInstanceWhoseReplacementComesLaterIsOverThen() {
        tower.rules("1", SILENT);
        for (long second = 1; second <= 60; second++) {
            if (second <= 20 || second >= 40) {
                temperature(Tower.ONE, second, 1, second <= 20 ? "a1" : "a2");
            }
            tower.tick(second);
        }
        assertThat(tower.happened)
                .containsExactly(
                        "27 Away{instance=a1, job=oven} INACTIVE>FIRING SERIES_MISSING",
                        "40 Away{instance=a1, job=oven} FIRING>INACTIVE FORGOTTEN");
    }

    @Test
    void anInstanceThatWasThereBeforeReplacesNobody() {
        tower.rules("1", SILENT);
        for (long second = 1; second <= 60; second++) {
            temperature(Tower.ONE, second, 1, "a");
            if (second <= 20) {
                temperature(Tower.ONE, second, 1, "b");
            }
            tower.tick(second);
        }
        assertThat(tower.happened).containsExactly("27 Away{instance=b, job=oven} INACTIVE>FIRING SERIES_MISSING");
    }

    @Test
    void anOutageThatIsForgottenEndsAlsoWhereTheRuleKeepsFiring() {
        tower.rules(
                "1",
                SILENT.replace(
                                "expr: temperature",
                                "expr: temperature\n    when_missing: resolve\n    keep_firing_for: 1m")
                        .replace("1h", "20s"));
        for (long second = 1; second <= 60; second++) {
            if (second <= 5) {
                temperature(Tower.ONE, second, 1, "a");
            }
            tower.tick(second);
        }
        assertThat(tower.happened).hasSize(2).last().asString().endsWith("FIRING>INACTIVE FORGOTTEN");
        assertThat(tower.ledger.keySet()).noneMatch(key -> key.startsWith("alert") || key.startsWith("expected"));
    }

    private static final String ALL = """
            groups:
            - name: g
              limit: 2
              rules:
              - record: job:temperature:sum
                expr: sum by (job) (temperature)
              - alert: Hot
                expr: temperature > 5
                for: 2s
                keep_firing_for: 2s
              - alert: HotJob
                expr: job:temperature:sum > 8
                recover: job:temperature:sum < 6
              - alert: Away
                expr: temperature
                outage: {missing_for: 2 intervals, zero_for: 4s, forget_after: 20s}
            """;

    @Property(tries = 25)
    void b13_aRestartBetweenAnyTwoTicksChangesNothing(@ForAll long seed) {
        Tower straight = new Tower().rules("1", ALL);
        Tower restarting = new Tower().rules("1", ALL);
        Random random = new Random(seed);
        for (long second = 1; second <= 50; second++) {
            for (String instance : List.of("a", "b", "c", "d")) {
                if (random.nextInt(3) > 0) {
                    double value = random.nextInt(4) == 0 ? 0 : random.nextInt(10);
                    for (Tower tower : List.of(straight, restarting)) {
                        tower.sample(
                                instance.compareTo("c") < 0 ? Tower.ONE : Tower.TWO,
                                second,
                                value,
                                "__name__",
                                "temperature",
                                "job",
                                "oven",
                                "instance",
                                instance);
                    }
                }
            }
            Evidence evidence = Evidence.values()[Math.max(0, random.nextInt(12) - 9)];
            boolean away = random.nextInt(10) == 0;
            for (Tower tower : List.of(straight, restarting)) {
                tower.evidence(Tower.ONE, evidence);
                tower.exclude(away ? new String[] {Tower.TWO} : new String[0]);
                tower.tick(second);
            }
            if (random.nextInt(3) == 0) {
                restarting.restart();
            }
        }
        assertThat(restarting.notices).isEqualTo(straight.notices);
        assertThat(restarting.ledger.keySet()).isEqualTo(straight.ledger.keySet());
        straight.ledger.forEach(
                (key, value) -> assertThat(restarting.ledger.get(key)).as(key).isEqualTo(value));
    }
}
