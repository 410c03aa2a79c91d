package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** How all targets truly are, and how they look to whoever asks them. */
final class Town {

    private static final long RESTARTING = 3_000;
    private static final long STOPPED = 20_000;

    private final Agenda agenda;
    private final Inventory inventory;
    private final Faults faults;
    private final Map<String, House> houses = new LinkedHashMap<>();
    private final Map<String, List<House>> services = new HashMap<>();
    private final Map<String, Health> visible = new HashMap<>();
    private Consumer<Target> changed = target -> {};

    Town(Agenda agenda, Inventory inventory, Faults faults) {
        this.agenda = agenda;
        this.inventory = inventory;
        this.faults = faults;
        for (Target target : inventory.targets()) {
            House house = new House(target);
            houses.put(target.name(), house);
            services.computeIfAbsent(target.service(), none -> new ArrayList<>())
                    .add(house);
            visible.put(target.name(), Health.SERVING);
        }
    }

    private static final class House {
        private final Target target;
        private long deadUntil;
        private long sickUntil;
        private long restartingUntil;
        private boolean isolated;
        private Health looks = Health.SERVING;
        private long looksSince = -Simulation.DAY;

        House(Target target) {
            this.target = target;
        }
    }

    /** Tells of every target whose state may have changed. */
    void onChange(Consumer<Target> told) {
        changed = told;
    }

    boolean has(String target) {
        return houses.containsKey(target);
    }

    Inventory inventory() {
        return inventory;
    }

    /** A target dies until it is restarted or the time is over. */
    void dies(String target, long until) {
        House house = house(target);
        house.deadUntil = Math.max(house.deadUntil, until);
        look(house);
        agenda.at(until, () -> look(house));
    }

    /** A target does not serve until the time is over. */
    void sickens(String target, long until) {
        House house = house(target);
        house.sickUntil = Math.max(house.sickUntil, until);
        look(house);
        agenda.at(until, () -> look(house));
    }

    /** Something about how these targets look changes, now and when it is over. */
    void look(Fault fault) {
        Set<House> concerned = new LinkedHashSet<>();
        for (House house : houses.values()) {
            Target target = house.target;
            if (List.of(target.name(), target.domain(), target.service()).contains(fault.subject())) {
                concerned.add(house);
            }
        }
        concerned.forEach(this::look);
        agenda.at(fault.at() + fault.lasting(), () -> concerned.forEach(this::look));
    }

    /** A restart begins: the target does not serve until it took effect, or for a while when it never does. */
    void stops(Target target) {
        House house = house(target.name());
        house.restartingUntil = agenda.now() + STOPPED;
        look(house);
        agenda.in(STOPPED, () -> look(house));
    }

    /** What a command at a target brings about. */
    void takes(Effect effect, Target at) {
        House house = house(at.name());
        switch (effect) {
            case RESTART, ROLLBACK -> {
                house.deadUntil = 0;
                house.restartingUntil = agenda.now() + RESTARTING;
                agenda.in(RESTARTING, () -> look(house));
            }
            case ISOLATE -> house.isolated = true;
            case CHANGE -> house.isolated = false;
            case INSPECT -> {
                // It leaves everything as it is.
            }
        }
        look(house);
    }

    /** Whether a target truly serves. */
    boolean serves(Target target) {
        return serves(house(target.name()));
    }

    private boolean serves(House house) {
        long now = agenda.now();
        return now >= house.deadUntil && now >= house.sickUntil && now >= house.restartingUntil && !house.isolated;
    }

    /** Whether telemetry shows that a target is down: it does not know the way of a probe. */
    boolean seenDown(Target target) {
        House house = house(target.name());
        long now = agenda.now();
        return now < house.deadUntil
                || now < house.sickUntil
                || now < house.restartingUntil
                || faults.holds(Kind.DOMAIN_DARK, target.domain(), now);
    }

    private void look(House house) {
        Health looks = appearance(house);
        if (looks != house.looks) {
            house.looks = looks;
            house.looksSince = agenda.now();
            visible.put(house.target.name(), looks);
        }
        changed.accept(house.target);
    }

    private Health appearance(House house) {
        long now = agenda.now();
        String name = house.target.name();
        if (house.target.probe().isEmpty() || faults.holds(Kind.PROBE_UNKNOWN, name, now)) {
            return Health.UNKNOWN;
        }
        boolean up = serves(house) && !faults.holds(Kind.DOMAIN_DARK, house.target.domain(), now);
        return up != faults.holds(Kind.PROBE_WRONG, name, now) ? Health.SERVING : Health.DOWN;
    }

    Health looks(Target target) {
        return house(target.name()).looks;
    }

    /** For how many milliseconds a target has looked as it does. */
    long looksFor(Target target) {
        return agenda.now() - house(target.name()).looksSince;
    }

    /** All replicas of a service. */
    List<Target> replicas(String service) {
        return services.getOrDefault(service, List.of()).stream()
                .map(house -> house.target)
                .toList();
    }

    /** How all targets look to one that reaches them. */
    Fleet fleet() {
        return new Fleet(inventory, visible);
    }

    private House house(String target) {
        House house = houses.get(target);
        if (house == null) {
            throw new IllegalStateException("no target " + target);
        }
        return house;
    }
}
