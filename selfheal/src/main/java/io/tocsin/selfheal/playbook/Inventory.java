package io.tocsin.selfheal.playbook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that can be repaired, and when it is being worked on by people.
 *
 * @param targets all of them; names are unique
 * @param maintenance windows in which nothing is repaired
 */
public record Inventory(List<Target> targets, List<Maintenance> maintenance) {

    /** Nothing can be repaired. */
    public static final Inventory EMPTY = new Inventory(List.of(), List.of());

    /**
     * People are at work on a service.
     *
     * @param service its name
     * @param from beginning, inclusive
     * @param until end, exclusive
     */
    public record Maintenance(String service, Instant from, Instant until) {
        public Maintenance {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("maintenance ends after it begins");
            }
        }
    }

    public Inventory {
        targets = List.copyOf(targets);
        maintenance = List.copyOf(maintenance);
        Map<String, Target> byName = targets.stream().collect(Collectors.toMap(Target::name, Function.identity()));
        if (byName.size() != targets.size()) {
            throw new IllegalArgumentException("names of targets are unique");
        }
    }

    /** The target of this name. */
    public Optional<Target> named(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    /** The targets that are this topology element; more than one when it has replicas. */
    public List<Target> at(String element) {
        return targets.stream()
                .filter(target -> target.element().equals(element))
                .toList();
    }

    /** All replicas of a service. */
    public List<Target> of(String service) {
        return targets.stream()
                .filter(target -> target.service().equals(service))
                .toList();
    }

    /** Whether people are at work on a service. */
    public boolean inMaintenance(String service, Instant at) {
        return maintenance.stream()
                .anyMatch(window ->
                        window.service().equals(service) && !at.isBefore(window.from()) && at.isBefore(window.until()));
    }
}
