package io.tocsin.selfheal.chaos;

import java.util.List;

/**
 * What became of one simulation.
 *
 * @param actions commands that were begun
 * @param unclosed repairs that ended neither verified nor escalated
 */
public record Outcome(Scenario scenario, int actions, List<Violation> violations, List<String> unclosed) {

    public Outcome {
        violations = List.copyOf(violations);
        unclosed = List.copyOf(unclosed);
    }

    /** Whether nothing happened that must not. */
    public boolean good() {
        return violations.isEmpty() && unclosed.isEmpty();
    }
}
