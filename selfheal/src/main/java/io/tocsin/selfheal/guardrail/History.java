package io.tocsin.selfheal.guardrail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was done before.
 *
 * @param runs all repairs begun in the last 24 h, and those under way
 * @param quarantined names of targets in quarantine
 * @param circuitReset when a person last closed the circuit of this cause and service
 * @param deployedAt when this service was last deployed
 * @param approval what became of the question to a person
 */
public record History(
        List<PastRun> runs,
        Set<String> quarantined,
        Optional<Instant> circuitReset,
        Optional<Instant> deployedAt,
        Approval approval) {

    /** What became of the question to a person about this incident, playbook, target and attempt. */
    public enum Approval {
        NOT_ASKED,
        PENDING,
        APPROVED,
        REJECTED,
        EXPIRED
    }

    public History {
        runs = List.copyOf(runs);
        quarantined = Set.copyOf(quarantined);
    }
}
