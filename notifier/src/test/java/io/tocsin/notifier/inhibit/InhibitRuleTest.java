package io.tocsin.notifier.inhibit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.route.MatcherParser;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InhibitRuleTest {

    private static InhibitRule rule(String source, String target, String... equal) {
        return new InhibitRule("", MatcherParser.parse(source), MatcherParser.parse(target), Set.of(equal));
    }

    @Test
    void aSourceMutesATargetWithEqualLabels() {
        InhibitRule rule = rule("severity=critical", "severity=warning", "cluster");

        assertThat(rule.mutes(
                        Map.of("severity", "critical", "cluster", "a"), Map.of("severity", "warning", "cluster", "a")))
                .isTrue();
        assertThat(rule.mutes(
                        Map.of("severity", "critical", "cluster", "a"), Map.of("severity", "warning", "cluster", "b")))
                .isFalse();
        assertThat(rule.mutes(
                        Map.of("severity", "warning", "cluster", "a"), Map.of("severity", "critical", "cluster", "a")))
                .isFalse();
    }

    @Test
    void labelsThatBothLackAreEqual() {
        InhibitRule rule = rule("severity=critical", "severity=warning", "cluster");

        assertThat(rule.mutes(Map.of("severity", "critical"), Map.of("severity", "warning")))
                .isTrue();
        assertThat(rule.mutes(Map.of("severity", "critical", "cluster", ""), Map.of("severity", "warning")))
                .isTrue();
        assertThat(rule.mutes(Map.of("severity", "critical", "cluster", "a"), Map.of("severity", "warning")))
                .isFalse();
    }

    @Test
    void whatMatchesBothSidesIsNotMutedByAnotherSuchNorByItself() {
        InhibitRule rule = rule("severity=critical", "service=db", "instance");
        Map<String, String> both = Map.of("severity", "critical", "service", "db");
        Map<String, String> alsoBoth = Map.of("severity", "critical", "service", "db", "name", "other");

        assertThat(rule.mutes(both, both)).isFalse();
        assertThat(rule.mutes(both, alsoBoth)).isFalse();
        assertThat(rule.mutes(alsoBoth, both)).isFalse();
    }

    @Test
    void whatMatchesBothSidesIsMutedByWhatMatchesTheSourceAlone() {
        InhibitRule rule = rule("severity=critical", "service=db");

        assertThat(rule.mutes(
                        Map.of("severity", "critical", "service", "net"),
                        Map.of("severity", "critical", "service", "db")))
                .isTrue();
    }

    @Test
    void whatMatchesTheTargetAloneIsMutedByWhatMatchesBothSides() {
        InhibitRule rule = rule("severity=critical", "service=db");

        assertThat(rule.mutes(
                        Map.of("severity", "critical", "service", "db"),
                        Map.of("severity", "warning", "service", "db")))
                .isTrue();
    }

    @Test
    void aRuleWithoutEqualLabelsMutesEverywhere() {
        assertThat(rule("a=1", "b=1").mutes(Map.of("a", "1", "cluster", "x"), Map.of("b", "1", "cluster", "y")))
                .isTrue();
    }

    @Test
    void aRuleWithoutMatchersTakesEveryAlertOnBothSidesAndSoMutesNone() {
        assertThat(rule("", "").mutes(Map.of("a", "1"), Map.of("b", "1"))).isFalse();
    }
}
