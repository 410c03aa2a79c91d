package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A root alert of an incident with the first playbook that is for it.
 *
 * @param targets what it would repair; empty when the inventory has nothing that is the alert's element
 */
public record Matched(Incident incident, Alert alert, Playbook playbook, List<Target> targets) {

    public Matched {
        targets = List.copyOf(targets);
    }

    /** All of an incident, oldest alert first. */
    public static List<Matched> of(Incident incident, List<Playbook> playbooks, Inventory inventory) {
        List<Matched> all = new ArrayList<>();
        for (Alert alert : incident.rootAlerts()) {
            playbook(alert, playbooks)
                    .map(playbook -> new Matched(incident, alert, playbook, inventory.at(alert.element())))
                    .ifPresent(all::add);
        }
        return all;
    }

    private static Optional<Playbook> playbook(Alert alert, List<Playbook> playbooks) {
        return playbooks.stream()
                .filter(playbook -> playbook.match().matches(alert.element(), alert.labels()))
                .findFirst();
    }
}
