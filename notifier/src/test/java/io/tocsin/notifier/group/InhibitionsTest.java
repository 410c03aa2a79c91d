package io.tocsin.notifier.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import io.tocsin.notifier.inhibit.InhibitRule;
import io.tocsin.notifier.route.MatcherParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InhibitionsTest {

    private static final InhibitRule RULE = new InhibitRule(
            "critical over warning",
            MatcherParser.parse("severity=critical"),
            MatcherParser.parse("severity=warning"),
            Set.of("cluster", "zone"));

    private final Story story = new Story("inc");

    @Test
    void aBurningSourceMutesWhatItTargets() {
        source("Down", State.FIRING, "a");
        target("Slow", "a");
        target("Elsewhere", "b");

        assertThat(muting("Slow")).containsExactly(Story.fingerprint("Down"));
        assertThat(muting("Elsewhere")).isEmpty();
        assertThat(muting("Down")).isEmpty();
    }

    @Test
    void aSourceThatIsOverMutesNothingFromThenOn() {
        source("Down", State.FIRING, "a");
        target("Slow", "a");
        story.resolved("Down");

        assertThat(muting("Slow")).isEmpty();
    }

    @Test
    void aSourceWhoseDataStoppedMutesNothing() {
        source("Down", State.NO_DATA, "a");
        target("Slow", "a");

        assertThat(muting("Slow")).isEmpty();
    }

    @Test
    void aSourceThatIsNotYetBurningMutesNothing() {
        source("Down", State.PENDING, "a");
        target("Slow", "a");

        assertThat(muting("Slow")).isEmpty();
    }

    @Test
    void eachRuleNamesOneSource() {
        source("Down", State.FIRING, "a");
        source("Gone", State.FIRING, "a");
        target("Slow", "a");

        assertThat(muting("Slow")).hasSize(1);
    }

    private void source(String name, State state, String cluster) {
        story.alert(name, state, Disposition.NONE, Map.of("severity", "critical", "cluster", cluster));
    }

    private void target(String name, String cluster) {
        story.alert(name, State.FIRING, Disposition.NONE, Map.of("severity", "warning", "cluster", cluster));
    }

    private List<String> muting(String name) {
        List<Alert> alerts = Alert.of(story.snapshot());
        Alert asked = alerts.stream()
                .filter(alert -> alert.fingerprint().equals(Story.fingerprint(name)))
                .findFirst()
                .orElseThrow();
        return new Inhibitions(List.of(RULE), alerts).muting(asked);
    }
}
