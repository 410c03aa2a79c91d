package io.tocsin.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertFoldTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AlertFold fold = new AlertFold(1);

    @Test
    void anAlertHasItsHistoryTheLatestFirst() {
        fold.apply(change("a", State.PENDING, 1));
        fold.apply(change("a", State.FIRING, 2));
        assertThat(fold.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(State.FIRING);
            assertThat(alert.history()).extracting(Transition::to).containsExactly(State.FIRING, State.PENDING);
        });
    }

    @Test
    void aTransitionCountsOnce() {
        assertThat(fold.apply(change("a", State.PENDING, 1))).isTrue();
        assertThat(fold.apply(change("a", State.FIRING, 2))).isTrue();
        assertThat(fold.apply(change("a", State.PENDING, 1))).isFalse();
        assertThat(fold.alerts().getFirst().state()).isEqualTo(State.FIRING);
    }

    @Test
    void onlyTheLatestThatEndedAreKept() {
        fold.apply(change("burns", State.FIRING, 1));
        fold.apply(change("first", State.INACTIVE, 2));
        fold.apply(change("second", State.INACTIVE, 3));
        assertThat(fold.alerts()).extracting(Alert::name).containsExactly("second", "burns");
        fold.apply(change("second", State.FIRING, 4));
        fold.apply(change("third", State.INACTIVE, 5));
        assertThat(fold.alerts()).extracting(Alert::name).containsExactly("third", "second", "burns");
    }

    @Test
    void twoRulesWithTheSameLabelsAreTwoAlerts() {
        fold.apply(change("a", State.FIRING, 1));
        Alert other = change("a", State.PENDING, 1);
        fold.apply(new Alert(
                new Alert.Key("production", "a", "other"),
                "g",
                other.labels(),
                other.annotations(),
                "",
                "",
                null,
                other.history()));
        assertThat(fold.alerts()).hasSize(2);
    }

    @Test
    void historyIsBounded() {
        for (int i = 0; i < 200; i++) {
            fold.apply(change("a", i % 2 == 0 ? State.PENDING : State.FIRING, i));
        }
        assertThat(fold.alerts().getFirst().history()).hasSize(50);
        assertThat(fold.alerts().getFirst().last().at()).isEqualTo(START.plusSeconds(199));
    }

    private static Alert change(String name, State to, int second) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", name);
        return new Alert(
                new Alert.Key("production", name, "rule"),
                "group",
                labels,
                new TreeMap<>(),
                "up == 0",
                "tocsin",
                null,
                List.of(new Transition(
                        name + second + to,
                        State.INACTIVE,
                        to,
                        "THRESHOLD_CROSSED",
                        START.plusSeconds(second),
                        null,
                        "")));
    }
}
