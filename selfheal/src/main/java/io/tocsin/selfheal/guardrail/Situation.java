package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.incident.Quality;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The same repair by a newer snapshot of its incident; empty when its alert is not at the cause any more. */
    public Optional<Situation> by(Incident newest) {
        boolean closed = newest.status() != Incident.Status.OPEN;
        return (closed ? newest.alerts() : newest.rootAlerts())
                .stream()
                        .filter(newer -> newer.fingerprint().equals(alert.fingerprint()))
                        .findFirst()
                        .map(newer -> new Situation(
                                newest, newer, playbook, target, history, fleet, surroundings, limits, now));
    }

    /** A repair that is under way, before one of its steps: what {@link Guard#objectionToStep} looks at, and no more. */
    public static Situation ofStep(
            PastRun run,
            Playbook playbook,
            Target target,
            List<PastRun> runs,
            Set<String> quarantined,
            Fleet fleet,
            Optional<String> frozenBy,
            Limits limits,
            Instant now) {
        Alert alert = new Alert(
                "",
                "",
                target.element(),
                Map.of("alertname", run.cause()),
                Alert.State.UNKNOWN,
                true,
                false,
                run.startedAt(),
                new Quality(false, Optional.empty()));
        Incident incident = new Incident(
                run.incident(),
                "",
                Incident.Status.OPEN,
                0,
                run.startedAt(),
                "",
                "",
                Optional.of(target.element()),
                List.of(alert));
        History history =
                new History(runs, quarantined, Optional.empty(), Optional.empty(), History.Approval.NOT_ASKED);
        Surroundings surroundings = Surroundings.unasked(frozenBy, true);
        return new Situation(incident, alert, playbook, target, history, fleet, surroundings, limits, now);
    }
}
