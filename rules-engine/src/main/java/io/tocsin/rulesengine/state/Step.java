package io.tocsin.rulesengine.state;

import java.util.List;

/**
 * What one input made of a state.
 *
 * @param state the state afterwards
 * @param events what happened, in order
 */
public record Step<S, E>(S state, List<E> events) {

    public Step {
        events = List.copyOf(events);
    }

    /** A step without events. */
    public static <S, E> Step<S, E> quiet(S state) {
        return new Step<>(state, List.of());
    }
}
