package io.tocsin.selfheal.heal;

import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.History;
import io.tocsin.selfheal.guardrail.Matched;
import io.tocsin.selfheal.guardrail.Reason;
import io.tocsin.selfheal.guardrail.Round;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.guardrail.Surroundings;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.machine.Progress;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.statistics.Demotion;
import io.tocsin.selfheal.statistics.Ended;
import io.tocsin.selfheal.store.Approvals;
import io.tocsin.selfheal.store.Circuits;
import io.tocsin.selfheal.store.Deployments;
import io.tocsin.selfheal.store.Incidents;
import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Lease;
import io.tocsin.selfheal.store.Quarantine;
import io.tocsin.selfheal.store.Restorations;
import io.tocsin.selfheal.store.Run;
import io.tocsin.selfheal.store.Runs;
import io.tocsin.selfheal.store.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Looks for something to repair: for each open incident, the first playbook of its root alert that the guards let run. */
final class Decider {

    private static final Duration OBSERVE_AGAIN = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final Lease lease;
    private final Diagnosis diagnosis;
    private final BooleanSupplier caughtUp;
    private final InstantSource clock;
    private final Map<String, Instant> observed = new HashMap<>();

    Decider(Jdbi jdbi, Lease lease, Diagnosis diagnosis, BooleanSupplier caughtUp, InstantSource clock) {
        this.jdbi = jdbi;
        this.lease = lease;
        this.diagnosis = diagnosis;
        this.caughtUp = caughtUp;
        this.clock = clock;
    }

    /** A playbook that is for an incident's root alert, with the target that it would repair. */
    private record Candidate(Incident incident, Alert alert, Playbook playbook, Target target) {
        /** The same for the same repair, in any round. */
        String key() {
            return Events.id(incident.id(), playbook.name(), playbook.version(), target.name());
        }
    }

    /** What the database knows at one moment. */
    private record Known(List<Run> runs, Set<String> quarantined, Optional<String> frozenBy) {}

    /** Decides on candidates until a repair was begun, which goes on at once; false when none was. */
    boolean decide(Plan plan, long token) throws InterruptedException {
        List<Candidate> candidates = candidates(plan, token);
        observed.keySet().retainAll(candidates.stream().map(Candidate::key).collect(Collectors.toSet()));
        Round<InterruptedException> round = new Round<>(new World(diagnosis, plan.inventory()), clock);
        for (Candidate candidate : candidates) {
            if (decide(candidate, plan, round, token)) {
                return true;
            }
        }
        return false;
    }

    /** The playbooks as they may act: those that keep failing ask. */
    private List<Playbook> playbooks(Plan plan) {
        List<Ended> ended =
                jdbi.withHandle(handle -> Runs.ended(handle, clock.instant().minus(Demotion.REMEMBERED)));
        Map<String, Instant> restored = jdbi.withHandle(Restorations::all);
        return plan.playbooks().stream()
                .map(playbook -> Demotion.applied(playbook, ended, restored))
                .toList();
    }

    private List<Candidate> candidates(Plan plan, long token) {
        List<Candidate> candidates = new ArrayList<>();
        List<Playbook> playbooks = playbooks(plan);
        List<Incident> open = jdbi.withHandle(Incidents::open);
        Set<String> busy = jdbi.withHandle(Runs::active).stream()
                .map(run -> run.incident() + '\0' + run.target())
                .collect(Collectors.toSet());
        for (Incident incident : open) {
            for (Matched matched : Matched.of(incident, playbooks, plan.inventory())) {
                if (matched.targets().isEmpty()) {
                    nothingToRepair(incident, matched.alert(), matched.playbook(), token);
                }
                matched.targets().stream()
                        .filter(target -> !busy.contains(incident.id() + '\0' + target.name()))
                        .map(target -> new Candidate(incident, matched.alert(), matched.playbook(), target))
                        .forEach(candidates::add);
            }
        }
        return candidates;
    }

    /** A playbook would help, but what the alert speaks of is not in the inventory: people are told. */
    private void nothingToRepair(Incident incident, Alert alert, Playbook playbook, long token) {
        if (!caughtUp.getAsBoolean()) {
            return;
        }
        Instant now = clock.instant();
        String reason = Reason.NOT_IN_INVENTORY.name();
        String detail = "the inventory has no target that is " + alert.element();
        jdbi.useTransaction(handle -> {
            lease.require(handle, token);
            Verdicts.changed(handle, incident.id(), playbook.name(), "", reason, detail, now)
                    .ifPresent(change -> Events.tell(
                            handle, incident, playbook.name(), "", Phase.REFUSED, change, reason, detail, now));
        });
    }

    private boolean decide(Candidate candidate, Plan plan, Round<InterruptedException> round, long token)
            throws InterruptedException {
        Known known = jdbi.withHandle(handle -> new Known(
                Runs.recent(handle, clock.instant()), Quarantine.targets(handle), KillSwitch.frozenBy(handle)));
        int attempt = 1
                + jdbi.withHandle(handle -> Runs.attempts(
                        handle,
                        candidate.incident().id(),
                        candidate.playbook().name(),
                        candidate.target().name()));
        Situation unasked = unasked(candidate, known, plan, attempt);
        Optional<Decision> objection = Guard.objectionWithoutAsking(unasked);
        if (objection.isEmpty() && observedJustNow(candidate)) {
            return false;
        }
        Optional<Situation> asked = objection.isPresent() ? Optional.of(unasked) : newest(round.asked(unasked));
        if (asked.isEmpty()) {
            return false;
        }
        Situation situation = asked.get();
        return switch (objection.orElseGet(() -> Guard.decide(situation))) {
            case Decision.Run run -> begin(candidate, attempt, token, situation.now());
            case Decision.Wait(Reason reason, String detail) -> {
                not(candidate, situation, attempt, Phase.WAITING, reason, detail, token);
                yield false;
            }
            case Decision.Refuse(Reason reason, String detail) -> {
                Phase phase = reason == Reason.OBSERVE_ONLY ? Phase.WOULD_RUN : Phase.REFUSED;
                not(candidate, situation, attempt, phase, reason, detail, token);
                yield false;
            }
        };
    }

    /** Asking takes time, in which the incident may have gone on. */
    private Optional<Situation> newest(Situation situation) {
        return jdbi.withHandle(
                        handle -> Incidents.get(handle, situation.incident().id()))
                .flatMap(situation::by);
    }

    /** What would be done was said just now: the world is not asked again every second for nothing. */
    private boolean observedJustNow(Candidate candidate) {
        if (candidate.playbook().mode() != Mode.OBSERVE) {
            return false;
        }
        Instant now = clock.instant();
        Instant last = observed.getOrDefault(candidate.key(), Instant.MIN);
        boolean justNow = last.isAfter(now.minus(OBSERVE_AGAIN));
        if (!justNow) {
            observed.put(candidate.key(), now);
        }
        return justNow;
    }

    /** The situation before anything is asked of the world. */
    private Situation unasked(Candidate candidate, Known known, Plan plan, int attempt) {
        Instant now = clock.instant();
        return new Situation(
                candidate.incident(),
                candidate.alert(),
                candidate.playbook(),
                candidate.target(),
                history(candidate, known, attempt, now),
                new Fleet(plan.inventory(), Map.of()),
                Surroundings.unasked(known.frozenBy(), caughtUp.getAsBoolean()),
                plan.limits().tightenedBy(candidate.playbook().limits()),
                now);
    }

    private History history(Candidate candidate, Known known, int attempt, Instant now) {
        History.Approval approval = jdbi.withHandle(handle -> Approvals.get(handle, approvalId(candidate, attempt)))
                .map(asked -> asked.state(now))
                .orElse(History.Approval.NOT_ASKED);
        return new History(
                known.runs().stream().map(Run::past).toList(),
                known.quarantined(),
                jdbi.withHandle(handle -> Circuits.reset(
                        handle, candidate.alert().name(), candidate.target().service())),
                jdbi.withHandle(
                        handle -> Deployments.last(handle, candidate.target().service())),
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
                throw new IllegalStateException("attempt " + attempt + " of " + run.playbook() + " was begun before");
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
            if (reason == Reason.APPROVAL_NEEDED) {
                ask(handle, candidate, situation, attempt);
            } else if (change.isPresent()) {
                tell(handle, candidate, phase, change.get(), reason.name(), detail, now);
            }
            if (change.isPresent() && page(handle, candidate, reason, detail, now)) {
                tell(handle, candidate, Phase.ESCALATED, change.get(), reason.name(), detail, now);
            }
        });
    }

    /** Whether people are paged: when repairs of this kind are given up. A target that was restarted too often is kept apart. */
    private static boolean page(Handle handle, Candidate candidate, Reason reason, String detail, Instant now) {
        return switch (reason) {
            case RESTART_LIMIT -> Quarantine.put(handle, candidate.target().name(), detail, now);
            case CIRCUIT_OPEN -> true;
            default -> false;
        };
    }

    private static void tell(
            Handle handle,
            Candidate candidate,
            Phase phase,
            Object distinct,
            String reason,
            String detail,
            Instant now) {
        Events.tell(
                handle,
                candidate.incident(),
                candidate.playbook().name(),
                candidate.target().name(),
                phase,
                distinct,
                reason,
                detail,
                now);
    }

    /** Asks a person, once for each version and attempt. */
    private static void ask(Handle handle, Candidate candidate, Situation situation, int attempt) {
        String plan = plan(candidate);
        Instant now = situation.now();
        Approvals.Approval question = new Approvals.Approval(
                approvalId(candidate, attempt),
                candidate.incident().id(),
                candidate.playbook().name(),
                candidate.playbook().version(),
                candidate.target().name(),
                attempt,
                plan,
                now,
                now.plus(situation.limits().approvalWait()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                situation.limits().approvers());
        if (Approvals.ask(handle, question)) {
            String distinct = question.id() + now;
            String reason = Reason.APPROVAL_NEEDED.name();
            tell(handle, candidate, Phase.APPROVAL_REQUESTED, distinct, reason, plan, now);
        }
    }

    /** Exactly what would be done. */
    private static String plan(Candidate candidate) {
        return candidate.playbook().steps().stream()
                .map(step -> step.text(candidate.target()))
                .collect(Collectors.joining("; "));
    }
}
