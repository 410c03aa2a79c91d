package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import java.util.List;

/**
 * What a simulation begins with, and what goes wrong in it.
 *
 * @param seed of everything that is left to chance
 * @param instances how many instances of self-healing there are
 * @param faults in the order of their time
 */
public record Scenario(long seed, Inventory inventory, Limits limits, int instances, List<Fault> faults) {

    public Scenario {
        faults = List.copyOf(faults);
    }

    /** The scenario of a seed. */
    public static Scenario of(long seed) {
        Dice dice = new Dice(seed);
        Inventory inventory = Settlement.found(dice.of("town"));
        int floor = (int) dice.of("floor").between(1, 6);
        Limits d = Limits.DEFAULT;
        Limits limits = new Limits(
                d.restartsPerHour(),
                d.backoff(),
                d.failuresBeforeBreak(),
                d.hourlyFraction(),
                floor,
                d.healthyFraction(),
                d.deployGrace(),
                d.newestSample(),
                d.oldestAlert(),
                d.approvalWait(),
                d.approvers());
        int instances = (int) dice.of("instances").between(2, 4);
        List<Fault> faults = new Misfortune(dice.of("faults"), inventory, instances).all();
        return new Scenario(seed, inventory, limits, instances, faults);
    }

    Scenario with(List<Fault> fewer) {
        return new Scenario(seed, inventory, limits, instances, fewer);
    }

    /** The name of the n-th instance, from 0. */
    static String instance(int n) {
        return "healer-" + n;
    }
}
