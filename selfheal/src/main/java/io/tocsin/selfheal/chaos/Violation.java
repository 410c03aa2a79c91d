package io.tocsin.selfheal.chaos;

/**
 * Something that must never happen, and did.
 *
 * @param at milliseconds after the start
 */
public record Violation(long at, Law law, String what) {

    @Override
    public String toString() {
        return "%9.3f s  %s: %s".formatted(at / 1000.0, law, what);
    }
}
