package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.Playbooks;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.PastRun.Outcome;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.incident.Quality;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Inventory.Maintenance;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Schedule;
import io.tocsin.selfheal.playbook.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A situation in which a repair may run, and which a test spoils in one point: shop-1 of six replicas of "shop" is down, four
 * replicas of "cart" beside it serve.
 */
final class Scene {

    static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    Incident.Status status = Incident.Status.OPEN;
    Alert.State state = Alert.State.FIRING;
    String element = "shop";
    boolean external;
    boolean complete = true;
    Optional<Duration> sampleAge = Optional.of(Duration.ofSeconds(10));
    Duration alertAge = Duration.ofMinutes(1);
    Mode mode = Mode.AUTO;
    boolean allowExternal;
    Duration after = Duration.ZERO;
    Optional<Schedule> schedule = Optional.empty();
    Effect effect = Effect.RESTART;
    Target target = target("shop", 1, false, false);
    List<Target> inventory = new ArrayList<>();
    List<Maintenance> maintenance = List.of();
    List<PastRun> runs = List.of();
    Set<String> quarantined = Set.of();
    Optional<Instant> circuitReset = Optional.empty();
    Optional<Instant> deployedAt = Optional.empty();
    History.Approval approval = History.Approval.NOT_ASKED;
    Map<String, Health> health = new HashMap<>();
    Optional<String> frozenBy = Optional.empty();
    boolean caughtUp = true;
    Optional<String> pipelineProblem = Optional.empty();
    Silence silence = new Silence.None();
    Confirmation confirmation = new Confirmation.Confirmed(1);

    Scene() {
        inventory.add(target);
        for (int i = 2; i <= 6; i++) {
            inventory.add(target("shop", i, false, false));
        }
        for (int i = 1; i <= 4; i++) {
            inventory.add(target("cart", i, false, false));
        }
        inventory.forEach(each -> health.put(each.name(), Health.SERVING));
        health.put("shop-1", Health.DOWN);
    }

    static Target target(String service, int i, boolean isProtected, boolean stateful) {
        String name = service + "-" + i;
        return new Target(
                name, service, service, service + " node " + i, isProtected, stateful, Optional.empty(), Map.of());
    }

    /** The target is another one than the inventory had. */
    void replace(Target other) {
        inventory.removeIf(each -> each.name().equals(other.name()));
        inventory.add(other);
        target = other;
    }

    /** Of the service, only this many replicas are left, and all of the others'. */
    void replicas(int count) {
        inventory.removeIf(each ->
                each.service().equals("shop") && Integer.parseInt(each.name().substring("shop-".length())) > count);
    }

    /** The service has this many replicas, and those that it did not have serve. */
    void grow(int count) {
        for (int i = 7; i <= count; i++) {
            inventory.add(target("shop", i, false, false));
            health.put("shop-" + i, Health.SERVING);
        }
    }

    void health(Health how, String... targets) {
        List.of(targets).forEach(each -> health.put(each, how));
    }

    /** A repair of this target that began so long ago. */
    static PastRun run(String service, int i, Duration ago, Outcome outcome) {
        String name = service + "-" + i;
        Instant at = NOW.minus(ago);
        return new PastRun("other", "restart", name, service, service + " node " + i, "Down", 1, at, outcome);
    }

    Situation situation() {
        Playbook plain = Playbooks.with(mode, allowExternal, after, schedule);
        Playbook playbook = new Playbook(
                plain.name(),
                plain.version(),
                plain.mode(),
                plain.match(),
                plain.allowExternal(),
                plain.diagnose(),
                List.of(Playbooks.step("step", effect)),
                plain.rollback(),
                plain.verify(),
                plain.after(),
                plain.escalate(),
                plain.schedule(),
                plain.limits());
        Alert alert = new Alert(
                "f1",
                "t1",
                element,
                Map.of("alertname", "Down"),
                state,
                true,
                external,
                NOW.minus(alertAge),
                new Quality(complete, sampleAge));
        Incident incident = new Incident(
                "i1", "default", status, 1, NOW, "shop is down", "i2", Optional.of(element), List.of(alert));
        return new Situation(
                incident,
                alert,
                playbook,
                target,
                new History(runs, quarantined, circuitReset, deployedAt, approval),
                new Fleet(new Inventory(inventory, maintenance), health),
                new Surroundings(frozenBy, caughtUp, pipelineProblem, silence, confirmation),
                Limits.DEFAULT,
                NOW);
    }
}
