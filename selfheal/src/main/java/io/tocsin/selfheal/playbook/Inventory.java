package io.tocsin.selfheal.playbook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything that can be repaired, and when it is being worked on by people. Looking something up does not search. */
public final class Inventory {

    /** Nothing can be repaired. */
    public static final Inventory EMPTY = new Inventory(List.of(), List.of());

    private final List<Target> targets;
    private final List<Maintenance> maintenance;
    private final Map<String, Target> byName = new LinkedHashMap<>();
    private final Map<String, List<Target>> byElement;
    private final Map<String, List<Target>> byService;

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

    /**
     * @param targets all of them
     * @param maintenance windows in which nothing is repaired
     * @throws IllegalArgumentException when two targets have one name
     */
    public Inventory(List<Target> targets, List<Maintenance> maintenance) {
        this.targets = List.copyOf(targets);
        this.maintenance = List.copyOf(maintenance);
        targets.forEach(target -> byName.put(target.name(), target));
        if (byName.size() != targets.size()) {
            throw new IllegalArgumentException("names of targets are unique");
        }
        this.byElement = grouped(this.targets, Target::element);
        this.byService = grouped(this.targets, Target::service);
    }

    private static Map<String, List<Target>> grouped(List<Target> targets, Function<Target, String> by) {
        Map<String, List<Target>> groups = new HashMap<>();
        targets.forEach(target -> groups.computeIfAbsent(by.apply(target), none -> new ArrayList<>())
                .add(target));
        groups.replaceAll((key, group) -> List.copyOf(group));
        return groups;
    }

    /** All targets, as they were given. */
    public List<Target> targets() {
        return targets;
    }

    /** All windows in which nothing is repaired. */
    public List<Maintenance> maintenance() {
        return maintenance;
    }

    /** The target of this name. */
    public Optional<Target> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The targets that are this topology element; more than one when it has replicas. */
    public List<Target> at(String element) {
        return byElement.getOrDefault(element, List.of());
    }

    /** All replicas of a service. */
    public List<Target> of(String service) {
        return byService.getOrDefault(service, List.of());
    }

    /** Whether people are at work on a service. */
    public boolean inMaintenance(String service, Instant at) {
        return maintenance.stream()
                .anyMatch(window ->
                        window.service().equals(service) && !at.isBefore(window.from()) && at.isBefore(window.until()));
    }
}
