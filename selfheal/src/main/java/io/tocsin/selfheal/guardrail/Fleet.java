package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How all targets are, seen from here and now. */
public final class Fleet {

    private final Inventory inventory;
    private final Map<String, Health> health;
    private final long down;

    /** Whether a target serves. */
    public enum Health {
        SERVING,
        DOWN,
        /** It has no probe, or the probe itself could not be carried out. */
        UNKNOWN
    }

    /**
     * @param inventory all targets
     * @param health by target name; a target that is not in it is {@code UNKNOWN}
     */
    public Fleet(Inventory inventory, Map<String, Health> health) {
        this.inventory = inventory;
        this.health = new HashMap<>(health);
        this.down = health.isEmpty()
                ? 0
                : inventory.targets().stream()
                        .filter(target -> of(target) == Health.DOWN)
                        .count();
    }

    /** All targets. */
    public Inventory inventory() {
        return inventory;
    }

    /** How this target is. */
    public Health of(Target target) {
        return health.getOrDefault(target.name(), Health.UNKNOWN);
    }

    /** The other replicas of a target's service. */
    List<Target> othersThan(Target target) {
        return inventory.of(target.service()).stream()
                .filter(other -> !other.name().equals(target.name()))
                .toList();
    }

    /** How many of these serve. */
    long serving(List<Target> targets) {
        return targets.stream().filter(target -> of(target) == Health.SERVING).count();
    }

    /** How many of all targets are down. */
    long down() {
        return down;
    }
}
