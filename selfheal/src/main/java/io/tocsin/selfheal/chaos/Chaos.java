package io.tocsin.selfheal.chaos;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Simulates fleets in which everything goes wrong, and looks for what must never happen. */
public final class Chaos {

    private Chaos() {}

    /** The simulation of a seed. */
    public static Outcome run(long seed) {
        return run(Scenario.of(seed), Chaos::silent);
    }

    /** The same, told line by line as it happens. */
    public static Outcome run(Scenario scenario, Consumer<Supplier<String>> listener) {
        return run(scenario, Core.REAL, EnumSet.allOf(Protection.class), listener);
    }

    static Outcome run(Scenario scenario, Core core, Set<Protection> protections, Consumer<Supplier<String>> listener) {
        return new Simulation(scenario, core, protections, listener).run();
    }

    /** Fewest faults of a bad outcome's scenario that still lead to one of the same kind. */
    public static Outcome shrink(Outcome bad) {
        return shrink(bad, Core.REAL, EnumSet.allOf(Protection.class));
    }

    /** Leaves out halves, quarters … and single faults, as long as the same law stays broken. */
    static Outcome shrink(Outcome bad, Core core, Set<Protection> protections) {
        Outcome smallest = bad;
        int part = Math.max(1, bad.scenario().faults().size() / 2);
        while (part >= 1) {
            boolean less = false;
            for (int from = 0; from < smallest.scenario().faults().size(); ) {
                List<Fault> fewer = new ArrayList<>(smallest.scenario().faults());
                fewer.subList(from, Math.min(from + part, fewer.size())).clear();
                Outcome tried = run(bad.scenario().with(fewer), core, protections, Chaos::silent);
                if (alike(bad, tried)) {
                    smallest = tried;
                    less = true;
                } else {
                    from += part;
                }
            }
            part = less && part == 1 ? 1 : part / 2;
        }
        return smallest;
    }

    private static void silent(Supplier<String> line) {
        // Nobody listens.
    }

    private static boolean alike(Outcome one, Outcome other) {
        return one.violations().isEmpty()
                ? !other.unclosed().isEmpty()
                : other.violations().stream()
                        .anyMatch(violation ->
                                violation.law() == one.violations().getFirst().law());
    }
}
