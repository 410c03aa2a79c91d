package io.tocsin.rulesengine.converge;

import java.util.List;

/**
 * How alerts become incidents. Durations are milliseconds of tick time.
 *
 * @param holdDownMs how long all members must be recovered before an incident closes
 * @param joinMs how far apart two connected elements may begin to fail and still be one incident
 * @param edgeMs how long an edge of the topology counts after its last call
 * @param flapChanges more state changes than this within {@code flapMs} are flapping
 * @param flapMs the window for that, and how long a flapping alert must be quiet to be settled
 * @param stormPerTick incidents that one tick may open; the alerts of those beyond this are absorbed by one incident
 * @param listed how many alerts of an incident its snapshots name; further ones are counted
 * @param dependencies what operators say depends on what
 */
public record ConvergePolicy(
        long holdDownMs,
        long joinMs,
        long edgeMs,
        int flapChanges,
        long flapMs,
        int stormPerTick,
        int listed,
        List<Dependency> dependencies) {

    /** One element depends on another. */
    public record Dependency(String dependent, String on) {}

    public static final ConvergePolicy DEFAULT =
            new ConvergePolicy(10_000, 600_000, 600_000, 5, 600_000, 100, 200, List.of());

    /** The same with what operators declare. */
    public ConvergePolicy with(List<Dependency> declared) {
        return new ConvergePolicy(holdDownMs, joinMs, edgeMs, flapChanges, flapMs, stormPerTick, listed, declared);
    }

    public ConvergePolicy {
        if (holdDownMs < 0
                || joinMs < 0
                || edgeMs <= 0
                || flapChanges < 1
                || flapMs <= 0
                || stormPerTick < 1
                || listed < 1) {
            throw new IllegalArgumentException("bounds of convergence are not negative");
        }
        dependencies = List.copyOf(dependencies);
    }
}
