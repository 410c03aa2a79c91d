package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import java.time.Instant;

/**
 * Everything that a decision rests on.
 *
 * @param incident as it is after the newest tick
 * @param alert the root alert that the playbook matched
 * @param playbook the repair in question
 * @param target what would be repaired
 * @param history what was done before
 * @param fleet how all targets are
 * @param surroundings what holds around it
 * @param limits the operator's limits, tightened by the playbook
 * @param now the time of the decision
 */
public record Situation(
        Incident incident,
        Alert alert,
        Playbook playbook,
        Target target,
        History history,
        Fleet fleet,
        Surroundings surroundings,
        Limits limits,
        Instant now) {

    /** The same repair with other answers of the world, at a later time. */
    public Situation with(Fleet seen, Surroundings around, Instant later) {
        return new Situation(incident, alert, playbook, target, history, seen, around, limits, later);
    }
}
