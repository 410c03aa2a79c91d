package io.tocsin.notifier.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {

    @Test
    void ofTwoRulesWithTheSameLabelsWhatStillBurnsIsTold() {
        Incident one = new Story("inc")
                .alert("Slow", State.INACTIVE, Disposition.RECOVERED, Map.of())
                .snapshot();
        Incident other = new Story("inc")
                .alert("Slow", State.FIRING, Disposition.ROOT, Map.of())
                .snapshot();
        List<Member> both = new ArrayList<>(one.members());
        both.addAll(other.members());

        assertThat(Alert.of(with(one, both)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.condition()).isEqualTo(Condition.FIRING));
        assertThat(Alert.of(with(one, both.reversed())))
                .singleElement()
                .satisfies(alert -> assertThat(alert.condition()).isEqualTo(Condition.FIRING));
        assertThat(Alert.of(one))
                .singleElement()
                .satisfies(alert -> assertThat(alert.condition()).isEqualTo(Condition.RESOLVED));
    }

    private static Incident with(Incident incident, List<Member> members) {
        return new Incident(
                incident.id(),
                incident.environment(),
                incident.status(),
                incident.revision(),
                incident.openedAt(),
                incident.closedAt(),
                incident.at(),
                incident.title(),
                incident.rootCauses(),
                members,
                incident.timeline(),
                incident.mergedInto(),
                incident.severity());
    }
}
