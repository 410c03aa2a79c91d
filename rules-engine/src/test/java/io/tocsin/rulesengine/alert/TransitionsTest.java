package io.tocsin.rulesengine.alert;

import static io.tocsin.rulesengine.alert.AlertState.ERROR;
import static io.tocsin.rulesengine.alert.AlertState.FIRING;
import static io.tocsin.rulesengine.alert.AlertState.INACTIVE;
import static io.tocsin.rulesengine.alert.AlertState.NO_DATA;
import static io.tocsin.rulesengine.alert.AlertState.PENDING;
import static io.tocsin.rulesengine.alert.AlertState.RECOVERING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransitionsTest {

    /** Per state, in the order of {@link Input}: where each input leads, "-" for nowhere. */
    private static final Map<AlertState, List<String>> EXPECTED = new EnumMap<>(Map.of(
            INACTIVE,
            row("PENDING FIRING - - - - - - - ERROR -"),
            PENDING,
            row("- FIRING INACTIVE INACTIVE INACTIVE INACTIVE INACTIVE INACTIVE - - INACTIVE"),
            FIRING,
            row("- - RECOVERING INACTIVE - INACTIVE NO_DATA INACTIVE - - INACTIVE"),
            RECOVERING,
            row("FIRING FIRING - INACTIVE - INACTIVE NO_DATA INACTIVE - - INACTIVE"),
            NO_DATA,
            row("FIRING FIRING RECOVERING INACTIVE FIRING INACTIVE - INACTIVE - - INACTIVE"),
            ERROR,
            row("- - INACTIVE INACTIVE - - - - - - INACTIVE")));

    private static List<String> row(String cells) {
        return List.of(cells.split(" "));
    }

    @Test
    void eachStateAnswersEachInputAsWrittenAndNoOther() {
        for (AlertState state : AlertState.values()) {
            for (Input input : Input.values()) {
                String found = Transitions.from(state, input)
                        .map(move -> move.to().name())
                        .orElse("-");
                assertThat(found)
                        .as("%s on %s", state, input)
                        .isEqualTo(EXPECTED.get(state).get(input.ordinal()));
            }
        }
    }

    @Test
    void nothingMovesAnAlertWhenNothingMayBeConcluded() {
        for (AlertState state : AlertState.values()) {
            assertThat(Transitions.from(state, Input.UNKNOWN)).isEmpty();
        }
    }

    @Test
    void anActiveAlertEndsOnlyForAReasonThatIsNotItsTargetsSilence() {
        for (AlertState state : AlertState.values()) {
            Optional<Transitions.Move> move = Transitions.from(state, Input.SILENT);
            assertThat(state.active() && move.filter(to -> to.to() == INACTIVE).isPresent())
                    .as("%s on silence", state)
                    .isFalse();
        }
    }

    @Test
    void everyStateThatIsKeptCanEnd() {
        for (AlertState state : AlertState.values()) {
            boolean removable = Transitions.from(state, Input.REMOVED)
                    .filter(move -> move.to() == INACTIVE && move.reason() == Reason.RULE_REMOVED)
                    .isPresent();
            assertThat(removable).as("%s when its rule is removed", state).isEqualTo(state != INACTIVE);
        }
    }

    @Test
    void eachMoveLeadsSomewhereElseAndGivesAReasonOfItsKind() {
        for (AlertState state : AlertState.values()) {
            for (Input input : Input.values()) {
                Transitions.from(state, input).ifPresent(move -> {
                    assertThat(move.to()).as("%s on %s", state, input).isNotEqualTo(state);
                    if (state.active() && !move.to().active() && input.name().startsWith("CLEAR")) {
                        assertThat(move.reason()).isIn(Reason.RECOVERED_ON_FRESH_DATA, Reason.EVALUATION_RESTORED);
                    }
                });
            }
        }
    }
}
