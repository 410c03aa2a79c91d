package io.tocsin.rulesengine.rules.compile;

import java.util.List;

/**
 * A group with the ticks at which it is due.
 *
 * @param file where it was written
 * @param name its name, unique in the file
 * @param intervalMs time between two evaluations, a multiple of the base tick
 * @param phaseMs the group is due at ticks that leave this when divided by the interval
 * @param queryOffsetMs how far before the tick its expressions are evaluated
 * @param limit the most alerts or series that one rule may yield, 0 for no limit
 * @param rules in the order of their evaluation
 */
public record CompiledGroup(
        String file,
        String name,
        long intervalMs,
        long phaseMs,
        long queryOffsetMs,
        int limit,
        List<CompiledRule> rules) {

    public CompiledGroup {
        if (intervalMs < 1 || phaseMs < 0 || phaseMs >= intervalMs) {
            throw new IllegalArgumentException("a phase lies within the interval: " + phaseMs + " of " + intervalMs);
        }
        rules = List.copyOf(rules);
    }

    /** File and name. */
    public String key() {
        return file + ";" + name;
    }

    /** Whether the group is evaluated at a tick. */
    public boolean dueAt(long tickMs) {
        return Math.floorMod(tickMs - phaseMs, intervalMs) == 0;
    }
}
