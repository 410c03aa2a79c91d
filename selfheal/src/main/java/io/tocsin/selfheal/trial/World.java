package io.tocsin.selfheal.trial;

import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.History;
import io.tocsin.selfheal.guardrail.Matched;
import io.tocsin.selfheal.guardrail.PastRun;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.guardrail.Surroundings;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How things are, as a trial says.
 *
 * @param now the time
 * @param incident what is decided on
 * @param health of targets by name; {@code *} is for all that are not named
 * @param frozenBy who pulled the kill switch; empty when nobody did
 * @param caughtUp whether the log has been read
 * @param pipelineProblem what is wrong with the pipeline; empty when nothing is
 * @param silence what is known of silences
 * @param confirmed whether all checks of a diagnosis hold
 * @param runs repairs of the last 24 hours
 * @param quarantined targets in quarantine
 * @param deployedAt when services were last deployed
 * @param approval what became of the question to a person
 */
public record World(
        Instant now,
        Incident incident,
        Map<String, Health> health,
        Optional<String> frozenBy,
        boolean caughtUp,
        Optional<String> pipelineProblem,
        Silence silence,
        boolean confirmed,
        List<PastRun> runs,
        Set<String> quarantined,
        Map<String, Instant> deployedAt,
        History.Approval approval) {

    private static final String OTHERS = "*";

    public World {
        health = Map.copyOf(health);
        runs = List.copyOf(runs);
        quarantined = Set.copyOf(quarantined);
        deployedAt = Map.copyOf(deployedAt);
    }

    /** What is decided on one target. */
    public record Decided(Playbook playbook, Target target, Decision decision) {

        /** Exactly what its steps will do, as people read it. */
        public List<String> steps() {
            return playbook.steps().stream().map(step -> step.text(target)).toList();
        }
    }

    /** What the guards decide on each target that a playbook is for, in the order in which self-healing asks. */
    public List<Decided> decide(List<Playbook> playbooks, Inventory inventory, Limits limits) {
        List<Decided> all = new ArrayList<>();
        for (Matched matched : Matched.of(incident, playbooks, inventory)) {
            for (Target target : matched.targets()) {
                Situation situation = situation(matched, target, inventory, limits);
                all.add(new Decided(matched.playbook(), target, Guard.decide(situation)));
            }
        }
        return all;
    }

    private Situation situation(Matched matched, Target target, Inventory inventory, Limits limits) {
        Playbook playbook = matched.playbook();
        History history = new History(
                runs, quarantined, Optional.empty(), Optional.ofNullable(deployedAt.get(target.service())), approval);
        Surroundings surroundings =
                new Surroundings(frozenBy, caughtUp, pipelineProblem, silence, confirmation(playbook));
        return new Situation(
                incident,
                matched.alert(),
                playbook,
                target,
                history,
                new Fleet(inventory, health(inventory)),
                surroundings,
                limits.tightenedBy(playbook.limits()),
                now);
    }

    private Confirmation confirmation(Playbook playbook) {
        int independent =
                (int) playbook.diagnose().stream().filter(Check::independent).count();
        return confirmed
                ? new Confirmation.Confirmed(independent)
                : new Confirmation.Unconfirmed("diagnosis", "the test says that it is not confirmed");
    }

    private Map<String, Health> health(Inventory inventory) {
        Health others = health.getOrDefault(OTHERS, Health.SERVING);
        Map<String, Health> all = new HashMap<>();
        inventory.targets().forEach(target -> all.put(target.name(), health.getOrDefault(target.name(), others)));
        return all;
    }
}
