package io.tocsin.selfheal.playbook.files;

import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import java.util.List;
import java.util.Optional;

/**
 * What may be repaired, how, and how much of it.
 *
 * @param playbooks in the order of the files: the first that matches and may run is the one
 */
public record Plan(List<Playbook> playbooks, Inventory inventory, Limits limits) {

    /** Nothing may be repaired. */
    public static final Plan EMPTY = new Plan(List.of(), Inventory.EMPTY, Limits.DEFAULT);

    public Plan {
        playbooks = List.copyOf(playbooks);
    }

    /** The playbook of this name and version; empty when its file changed meanwhile. */
    public Optional<Playbook> playbook(String name, String version) {
        return playbooks.stream()
                .filter(playbook ->
                        playbook.name().equals(name) && playbook.version().equals(version))
                .findFirst();
    }
}
