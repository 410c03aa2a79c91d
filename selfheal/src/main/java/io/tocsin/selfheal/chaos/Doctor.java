package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.chaos.Ledger.Gone;
import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Decision.Refuse;
import io.tocsin.selfheal.guardrail.Decision.Wait;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.History;
import io.tocsin.selfheal.guardrail.Matched;
import io.tocsin.selfheal.guardrail.Questions;
import io.tocsin.selfheal.guardrail.Reason;
import io.tocsin.selfheal.guardrail.Round;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.guardrail.Surroundings;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.machine.Progress;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.store.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks for something to repair, for one instance, by {@link Matched}, {@link Round} and the guards. */
final class Doctor {

    private final Simulation simulation;
    private final Instance instance;
    private final Map<String, String> told = new HashMap<>();
    private long asked;

    Doctor(Simulation simulation, Instance instance) {
        this.simulation = simulation;
        this.instance = instance;
    }

    /** Decides until a repair was begun; false when none was. */
    boolean decide() throws Gone {
        Round<Gone> round = new Round<>(new World(), instance::now, simulation.core()::beforeConfirmation);
        for (Incident incident : simulation.ledger().open()) {
            for (Matched matched : Matched.of(
                    incident, simulation.playbooks(), simulation.town().inventory())) {
                for (Target target : matched.targets()) {
                    if (!busy(incident, target) && decide(matched, target, round)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean busy(Incident incident, Target target) {
        return simulation.ledger().active().stream()
                .anyMatch(run ->
                        run.incident().equals(incident.id()) && run.target().equals(target.name()));
    }

    private boolean decide(Matched matched, Target target, Round<Gone> round) throws Gone {
        instance.requireDatabase();
        int attempt = 1
                + simulation
                        .ledger()
                        .attempts(matched.incident().id(), matched.playbook().name(), target.name());
        String id = String.join(
                "|",
                matched.incident().id(),
                matched.playbook().name() + "@" + matched.playbook().version(),
                target.name(),
                "" + attempt);
        Situation unasked = unasked(matched, target, id);
        Optional<Decision> objection = simulation.core().withoutAsking(unasked);
        Optional<Situation> situation = objection.isPresent() ? Optional.of(unasked) : newest(round.asked(unasked));
        if (situation.isEmpty()) {
            return false;
        }
        Situation last = situation.get();
        Decision decision = objection.orElseGet(() -> simulation.core().decide(last));
        tell(id, decision);
        return switch (decision) {
            case Decision.Run run -> begin(last, id, attempt);
            case Wait(Reason reason, String detail) -> {
                if (reason == Reason.APPROVAL_NEEDED) {
                    instance.requireDatabase();
                    simulation.ask(id, last);
                }
                yield false;
            }
            case Refuse(Reason reason, String detail) -> {
                if (reason == Reason.RESTART_LIMIT) {
                    instance.requireDatabase();
                    simulation.ledger().quarantine(target.name());
                }
                yield false;
            }
        };
    }

    /** What is decided as before is not told again. */
    private void tell(String id, Decision decision) {
        String kind = switch (decision) {
            case Decision.Run run -> "RUN";
            case Wait wait -> wait.reason().name();
            case Refuse refuse -> refuse.reason().name();
        };
        if (!kind.equals(told.put(id, kind))) {
            simulation.tell(() -> instance.name() + " " + id + ": " + decision);
        }
    }

    private Optional<Situation> newest(Situation situation) throws Gone {
        instance.requireDatabase();
        return simulation.has(Protection.NEWEST_INCIDENT)
                ? simulation.ledger().incident(situation.incident().id()).flatMap(situation::by)
                : Optional.of(situation);
    }

    private Situation unasked(Matched matched, Target target, String id) {
        History history = new History(
                simulation.ledger().runs().stream().map(Run::past).toList(),
                simulation.ledger().quarantined(),
                Optional.empty(),
                simulation.ledger().deployed(target.service()).map(Agenda.START::plusMillis),
                simulation.ledger().approval(id));
        return new Situation(
                matched.incident(),
                matched.alert(),
                matched.playbook(),
                target,
                history,
                new Fleet(simulation.town().inventory(), Map.of()),
                Surroundings.unasked(
                        simulation.ledger().frozen() ? Optional.of("ann") : Optional.empty(), instance.current()),
                simulation.limits().tightenedBy(matched.playbook().limits()),
                instance.now());
    }

    private boolean begin(Situation situation, String id, int attempt) throws Gone {
        Target target = situation.target();
        Run run = new Run(
                id,
                situation.incident().id(),
                "simulated",
                situation.alert().fingerprint(),
                situation.playbook().name(),
                situation.playbook().version(),
                target.name(),
                target.service(),
                target.domain(),
                situation.alert().name(),
                situation.playbook().has(Effect.RESTART),
                attempt,
                instance.token(),
                Progress.START,
                situation.now(),
                Optional.empty());
        instance.requireDatabase();
        simulation.ledger().begin(instance.name(), run);
        boolean slow = simulation
                .faults()
                .holds(Kind.DATABASE_SLOW, "", simulation.agenda().now());
        instance.await(simulation.dice().of("write", id).between(1, slow ? 20_000 : 20));
        return true;
    }

    /** What this instance sees of the world; asking takes time. */
    private final class World implements Questions<Gone> {

        private void takes(String what, long least, long bound) throws Gone {
            asked++;
            instance.await(simulation.dice().of(what, instance.name(), asked).between(least, bound));
        }

        private boolean holds(Kind kind, String subject) {
            return simulation.faults().holds(kind, subject, simulation.agenda().now());
        }

        @Override
        public Fleet fleet() throws Gone {
            takes("fleet", 5, instance.holds(Kind.CUT_FROM_WORLD) ? 2_000 : 300);
            return instance.holds(Kind.CUT_FROM_WORLD)
                    ? new Fleet(simulation.town().inventory(), simulation.dark())
                    : simulation.town().fleet();
        }

        @Override
        public Function<String, Silence> silences() throws Gone {
            takes("silences", 2, 50);
            if (holds(Kind.SILENCES_UNKNOWN, "")) {
                return fingerprint -> new Silence.Unknown("the notifier cannot be asked");
            }
            return fingerprint -> simulation.silenced(fingerprint) ? new Silence.Active("s") : new Silence.None();
        }

        @Override
        public Optional<String> pipelineProblem() throws Gone {
            takes("pipeline", 2, 50);
            return holds(Kind.PIPELINE_DOWN, "") ? Optional.of("a shard is stalled") : Optional.empty();
        }

        @Override
        public Confirmation confirm(Situation situation) throws Gone {
            boolean slow = holds(Kind.SLOW_QUESTIONS, situation.target().service());
            takes("confirm", slow ? 20_000 : 5, slow ? 60_000 : 500);
            if (situation.playbook().diagnose().getFirst() instanceof Check.Command) {
                return holds(Kind.FALSE_ALERT, situation.target().element())
                        ? new Confirmation.Confirmed(1)
                        : new Confirmation.Unconfirmed("command", "it is well");
            }
            Health health = instance.holds(Kind.CUT_FROM_WORLD)
                    ? Health.DOWN
                    : simulation.town().looks(situation.target());
            return health == Health.DOWN
                    ? new Confirmation.Confirmed(1)
                    : new Confirmation.Unconfirmed("http", "it looks " + health);
        }
    }
}
