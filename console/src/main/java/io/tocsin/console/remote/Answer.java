package io.tocsin.console.remote;

import java.util.function.Function;

/**
 * What another module said.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

    /** It said this. */
    record Known<T>(T value) implements Answer<T> {}

    /**
     * It understood, and declined.
     *
     * @param status HTTP status, 400 to 499
     * @param problem in its words, for the person who asked
     * @param body all of its answer
     */
    record Declined<T>(int status, String problem, String body) implements Answer<T> {}

    /** It did not say, and why. */
    record Away<T>(String problem) implements Answer<T> {}

    /** The same with another value. */
    default <R> Answer<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Known<T>(T value) -> new Known<>(change.apply(value));
            case Declined<T>(int status, String problem, String body) -> new Declined<>(status, problem, body);
            case Away<T>(String problem) -> new Away<>(problem);
        };
    }

    /** The value, or another where there is none. */
    default T or(T otherwise) {
        return this instanceof Known<T>(T value) ? value : otherwise;
    }

    /** Why there is no value; empty when there is. */
    default String trouble() {
        return switch (this) {
            case Known<T> _ -> "";
            case Declined<T>(int _, String problem, String _) -> problem;
            case Away<T>(String problem) -> problem;
        };
    }
}
