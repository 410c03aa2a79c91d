package io.tocsin.rulesengine.alert;

import static io.tocsin.rulesengine.alert.AlertState.ERROR;
import static io.tocsin.rulesengine.alert.AlertState.FIRING;
import static io.tocsin.rulesengine.alert.AlertState.INACTIVE;
import static io.tocsin.rulesengine.alert.AlertState.NO_DATA;
import static io.tocsin.rulesengine.alert.AlertState.PENDING;
import static io.tocsin.rulesengine.alert.AlertState.RECOVERING;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** All legal transitions of an alert instance, in one table. What is not in it leaves the state as it is. */
public final class Transitions {

    /** Where an input leads, and the reason that is given for it. */
    public record Move(AlertState to, Reason reason) {}

    private static final Map<AlertState, Map<Input, Move>> TABLE = new EnumMap<>(AlertState.class);

    static {
        on(INACTIVE, Input.HOLDS, PENDING, Reason.THRESHOLD_CROSSED);
        on(INACTIVE, Input.HOLDS_LONG_ENOUGH, FIRING, Reason.THRESHOLD_CROSSED);
        on(INACTIVE, Input.FAILED, ERROR, Reason.EVALUATION_FAILED);

        on(PENDING, Input.HOLDS_LONG_ENOUGH, FIRING, Reason.FOR_ELAPSED);
        on(PENDING, Input.CLEAR, INACTIVE, Reason.CONDITION_CLEARED_WHILE_PENDING);
        on(PENDING, Input.CLEAR_LONG_ENOUGH, INACTIVE, Reason.CONDITION_CLEARED_WHILE_PENDING);
        on(PENDING, Input.BETWEEN, INACTIVE, Reason.CONDITION_CLEARED_WHILE_PENDING);
        on(PENDING, Input.ENDED, INACTIVE, Reason.SERIES_ENDED);
        // `for` asks for unbroken evidence, so silence starts it anew; nobody was told anything yet.
        on(PENDING, Input.SILENT, INACTIVE, Reason.TARGET_SILENT);
        on(PENDING, Input.FORGET, INACTIVE, Reason.FORGOTTEN);
        on(PENDING, Input.REMOVED, INACTIVE, Reason.RULE_REMOVED);

        on(FIRING, Input.CLEAR, RECOVERING, Reason.RECOVERY_STARTED);
        on(FIRING, Input.CLEAR_LONG_ENOUGH, INACTIVE, Reason.RECOVERED_ON_FRESH_DATA);
        on(FIRING, Input.ENDED, INACTIVE, Reason.SERIES_ENDED);
        on(FIRING, Input.SILENT, NO_DATA, Reason.TARGET_SILENT);
        on(FIRING, Input.FORGET, INACTIVE, Reason.FORGOTTEN);
        on(FIRING, Input.REMOVED, INACTIVE, Reason.RULE_REMOVED);

        on(RECOVERING, Input.HOLDS, FIRING, Reason.CROSSED_AGAIN);
        on(RECOVERING, Input.HOLDS_LONG_ENOUGH, FIRING, Reason.CROSSED_AGAIN);
        on(RECOVERING, Input.CLEAR_LONG_ENOUGH, INACTIVE, Reason.RECOVERED_ON_FRESH_DATA);
        on(RECOVERING, Input.ENDED, INACTIVE, Reason.SERIES_ENDED);
        on(RECOVERING, Input.SILENT, NO_DATA, Reason.TARGET_SILENT);
        on(RECOVERING, Input.FORGET, INACTIVE, Reason.FORGOTTEN);
        on(RECOVERING, Input.REMOVED, INACTIVE, Reason.RULE_REMOVED);

        on(NO_DATA, Input.HOLDS, FIRING, Reason.DATA_RETURNED);
        on(NO_DATA, Input.HOLDS_LONG_ENOUGH, FIRING, Reason.DATA_RETURNED);
        on(NO_DATA, Input.BETWEEN, FIRING, Reason.DATA_RETURNED);
        on(NO_DATA, Input.CLEAR, RECOVERING, Reason.DATA_RETURNED);
        on(NO_DATA, Input.CLEAR_LONG_ENOUGH, INACTIVE, Reason.RECOVERED_ON_FRESH_DATA);
        on(NO_DATA, Input.ENDED, INACTIVE, Reason.SERIES_ENDED);
        on(NO_DATA, Input.FORGET, INACTIVE, Reason.FORGOTTEN);
        on(NO_DATA, Input.REMOVED, INACTIVE, Reason.RULE_REMOVED);

        on(ERROR, Input.CLEAR, INACTIVE, Reason.EVALUATION_RESTORED);
        on(ERROR, Input.CLEAR_LONG_ENOUGH, INACTIVE, Reason.EVALUATION_RESTORED);
        on(ERROR, Input.REMOVED, INACTIVE, Reason.RULE_REMOVED);
    }

    private Transitions() {}

    private static void on(AlertState from, Input input, AlertState to, Reason reason) {
        Move previous =
                TABLE.computeIfAbsent(from, state -> new EnumMap<>(Input.class)).put(input, new Move(to, reason));
        if (previous != null) {
            throw new IllegalStateException(from + " has two answers to " + input);
        }
    }

    /** Where this input leads from this state; empty where it leads nowhere. */
    public static Optional<Move> from(AlertState state, Input input) {
        return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(input));
    }
}
