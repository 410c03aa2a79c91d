package io.tocsin.selfheal.heal;

import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.History;
import io.tocsin.selfheal.guardrail.Reason;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.guardrail.Surroundings;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.machine.Progress;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.store.Approvals;
import io.tocsin.selfheal.store.Incidents;
import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Lease;
import io.tocsin.selfheal.store.Quarantine;
import io.tocsin.selfheal.store.Run;
import io.tocsin.selfheal.store.Runs;
import io.tocsin.selfheal.store.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Looks for something to repair: for each open incident, the first playbook of its root alert that the guards let run. */
final class Decider {

    private final Jdbi jdbi;
    private final Lease lease;
    private final Diagnosis diagnosis;
    private final BooleanSupplier caughtUp;

    Decider(Jdbi jdbi, Lease lease, Diagnosis diagnosis, BooleanSupplier caughtUp) {
        this.jdbi = jdbi;
        this.lease = lease;
        this.diagnosis = diagnosis;
        this.caughtUp = caughtUp;
    }

    /** A playbook that is for an incident's root alert, with the target that it would repair. */
    private record Candidate(Incident incident, Alert alert, Playbook playbook, Target target) {}

    /** What the database knows at one moment. */
    private record Known(List<Run> runs, Set<String> quarantined, Optional<String> frozenBy) {}

    /** Decides on every candidate; true when a repair was begun. */
    boolean decide(Plan plan, long token, Instant now) throws InterruptedException {
        List<Candidate> candidates = candidates(plan);
        if (candidates.isEmpty()) {
            return false;
        }
        Fleet fleet = diagnosis.survey(plan.inventory());
        Optional<String> pipeline = diagnosis.pipelineProblem();
        boolean begun = false;
        for (Candidate candidate : candidates) {
            begun |= decide(candidate, plan, fleet, pipeline, token, now);
        }
        return begun;
    }

    private List<Candidate> candidates(Plan plan) {
        List<Candidate> candidates = new ArrayList<>();
        List<Incident> open = jdbi.withHandle(Incidents::open);
        Set<String> busy = jdbi.withHandle(Runs::active).stream()
                .map(run -> run.incident() + '\0' + run.target())
                .collect(Collectors.toSet());
        for (Incident incident : open) {
            for (Alert alert : incident.rootAlerts()) {
                plan.playbooks().stream()
                        .filter(playbook -> playbook.match().matches(alert.element(), alert.labels()))
                        .findFirst()
                        .ifPresent(playbook -> plan.inventory().at(alert.element()).stream()
                                .filter(target -> !busy.contains(incident.id() + '\0' + target.name()))
                                .map(target -> new Candidate(incident, alert, playbook, target))
                                .forEach(candidates::add));
            }
        }
        return candidates;
    }

    private boolean decide(
            Candidate candidate, Plan plan, Fleet fleet, Optional<String> pipeline, long token, Instant now)
            throws InterruptedException {
        Known known = jdbi.withHandle(
                handle -> new Known(Runs.recent(handle, now), Quarantine.targets(handle), KillSwitch.frozenBy(handle)));
        int attempt = attempt(candidate, known.runs());
        Surroundings surroundings = new Surroundings(
                known.frozenBy(),
                caughtUp.getAsBoolean(),
                pipeline,
                diagnosis.silence(candidate.alert().fingerprint()),
                diagnosis.confirm(candidate.playbook().diagnose(), candidate.target()));
        Situation situation = new Situation(
                candidate.incident(),
                candidate.alert(),
                candidate.playbook(),
                candidate.target(),
                history(candidate, known, attempt, now),
                fleet,
                surroundings,
                plan.limits().tightenedBy(candidate.playbook().limits()),
                now);
        return switch (Guard.decide(situation)) {
            case Decision.Run run -> begin(candidate, attempt, token, now);
            case Decision.Wait(Reason reason, String detail) -> {
                Phase phase = reason == Reason.APPROVAL_NEEDED ? Phase.APPROVAL_REQUESTED : Phase.WAITING;
                not(candidate, situation, attempt, phase, reason, detail, token);
                yield false;
            }
            case Decision.Refuse(Reason reason, String detail) -> {
                Phase phase = reason == Reason.OBSERVE_ONLY ? Phase.WOULD_RUN : Phase.REFUSED;
                not(candidate, situation, attempt, phase, reason, detail, token);
                yield false;
            }
        };
    }

    /** What was tried before for this incident, playbook and target, and this one. */
    private static int attempt(Candidate candidate, List<Run> runs) {
        return 1
                + (int) runs.stream()
                        .filter(run -> run.incident()
                                        .equals(candidate.incident().id())
                                && run.playbook().equals(candidate.playbook().name())
                                && run.target().equals(candidate.target().name()))
                        .count();
    }

    private History history(Candidate candidate, Known known, int attempt, Instant now) {
        History.Approval approval = jdbi.withHandle(handle -> Approvals.get(handle, approvalId(candidate, attempt)))
                .map(asked -> asked.state(now))
                .orElse(History.Approval.NOT_ASKED);
        return new History(
                known.runs().stream().map(Run::past).toList(),
                known.quarantined(),
                Optional.empty(),
                Optional.empty(),
                approval);
    }

    private static String approvalId(Candidate candidate, int attempt) {
        return Events.id("approval", runId(candidate, attempt));
    }

    private static String runId(Candidate candidate, int attempt) {
        return Events.id(
                candidate.incident().id(),
                candidate.playbook().name(),
                candidate.playbook().version(),
                candidate.target().name(),
                attempt);
    }

    private boolean begin(Candidate candidate, int attempt, long token, Instant now) {
        Run run = new Run(
                runId(candidate, attempt),
                candidate.incident().id(),
                candidate.incident().environment(),
                candidate.alert().fingerprint(),
                candidate.playbook().name(),
                candidate.playbook().version(),
                candidate.target().name(),
                candidate.target().service(),
                candidate.target().domain(),
                candidate.alert().name(),
                candidate.playbook().has(Effect.RESTART),
                attempt,
                token,
                Progress.START,
                now,
                Optional.empty());
        return jdbi.inTransaction(handle -> {
            lease.require(handle, token);
            if (!Runs.begin(handle, run)) {
                return false;
            }
            Verdicts.changed(handle, run.incident(), run.playbook(), run.target(), "RUN", "attempt " + attempt, now);
            Events.tell(handle, run, Phase.STARTED, "", "all guards let it run", now);
            return true;
        });
    }

    private void not(
            Candidate candidate,
            Situation situation,
            int attempt,
            Phase phase,
            Reason reason,
            String detail,
            long token) {
        Instant now = situation.now();
        jdbi.useTransaction(handle -> {
            lease.require(handle, token);
            Optional<Integer> change = Verdicts.changed(
                    handle,
                    candidate.incident().id(),
                    candidate.playbook().name(),
                    candidate.target().name(),
                    reason.name(),
                    detail,
                    now);
            if (change.isEmpty()) {
                return;
            }
            String said = detail;
            if (reason == Reason.APPROVAL_NEEDED) {
                said = plan(candidate);
                ask(handle, candidate, situation, attempt, said);
            }
            tell(handle, candidate, phase, change.get(), reason.name(), said, now);
            if (reason == Reason.RESTART_LIMIT
                    && Quarantine.put(handle, candidate.target().name(), detail, now)) {
                tell(handle, candidate, Phase.ESCALATED, change.get(), Reason.QUARANTINED.name(), detail, now);
            }
        });
    }

    private static void tell(
            Handle handle, Candidate candidate, Phase phase, int change, String reason, String detail, Instant now) {
        Events.tell(
                handle,
                candidate.incident(),
                candidate.playbook().name(),
                candidate.target().name(),
                phase,
                change,
                reason,
                detail,
                now);
    }

    private static void ask(Handle handle, Candidate candidate, Situation situation, int attempt, String plan) {
        Approvals.ask(
                handle,
                new Approvals.Approval(
                        approvalId(candidate, attempt),
                        candidate.incident().id(),
                        candidate.playbook().name(),
                        candidate.playbook().version(),
                        candidate.target().name(),
                        attempt,
                        plan,
                        situation.now(),
                        situation.now().plus(situation.limits().approvalWait()),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Exactly what would be done. */
    private static String plan(Candidate candidate) {
        return candidate.playbook().steps().stream()
                .map(step -> step.name() + ": " + String.join(" ", command(step, candidate.target())))
                .collect(Collectors.joining("; "));
    }

    private static List<String> command(Step step, Target target) {
        return step.commandFor(target);
    }
}
