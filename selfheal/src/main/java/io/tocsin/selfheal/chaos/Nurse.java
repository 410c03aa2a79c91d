package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.chaos.Ledger.Gone;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.PastRun;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.machine.Aside;
import io.tocsin.selfheal.machine.Aside.Found;
import io.tocsin.selfheal.machine.Input;
import io.tocsin.selfheal.machine.Next;
import io.tocsin.selfheal.machine.RunMachine;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.store.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries the repairs of one instance through, by {@link Next} and {@link RunMachine}. */
final class Nurse {

    private final Simulation simulation;
    private final Instance instance;
    private final Map<String, Work> beside = new HashMap<>();

    private static final class Work {
        private Aside state = new Aside.Busy();
        private Hands.@Nullable Command command;
        private boolean stopped;
    }

    Nurse(Simulation simulation, Instance instance) {
        this.simulation = simulation;
        this.instance = instance;
    }

    void dies() {
        abandon();
    }

    /** Whatever runs beside is stopped. */
    void abandon() {
        List.copyOf(beside.keySet()).forEach(this::stop);
    }

    private void stop(String id) {
        Work work = beside.remove(id);
        if (work != null) {
            work.stopped = true;
            if (work.command != null) {
                work.command.kill();
            }
        }
    }

    /** A look was broken off; what runs beside goes on. */
    void interrupted(Gone why) {
        simulation.tell(() -> instance.name() + ": " + why.getMessage());
    }

    void attend() throws Gone {
        for (Run run : simulation.ledger().active()) {
            Optional<Playbook> playbook = simulation.playbook(run.playbook(), run.version());
            Target target = simulation.town().inventory().named(run.target()).orElseThrow();
            if (playbook.isEmpty()) {
                stop(run.id());
                write(
                        run,
                        null,
                        run.moved(run.progress().escalated("its playbook changed"), instance.token(), instance.now()));
            } else {
                attend(run, playbook.get(), target);
            }
        }
    }

    private void attend(Run run, Playbook playbook, Target target) throws Gone {
        RunMachine machine = new RunMachine(playbook);
        Work work = beside.get(run.id());
        Aside aside = work == null ? new Aside.Idle() : work.state;
        Optional<String> frozen = simulation.ledger().frozen() && simulation.has(Protection.SWITCH_STOPS)
                ? Optional.of("ann")
                : Optional.empty();
        Next next = Next.of(
                machine,
                run.progress(),
                aside,
                frozen,
                simulation.has(Protection.DECISION_HOLDS) ? run.startedAt() : instance.now(),
                instance.now());
        switch (next) {
            case Next.Begin begin -> begin(run, machine, target);
            case Next.Observe observe -> observe(run, target);
            case Next.Evaluate evaluate -> evaluate(run, playbook, target);
            case Next.Move(Input input, String detail) -> {
                var _ = move(run, machine, unobserved(input), input);
                beside.remove(run.id());
            }
            case Next.Stop(Input input, String detail) -> {
                stop(run.id());
                var _ = move(run, machine, input);
            }
            case Next.Nothing nothing -> {
                // Looked at again in the next round.
            }
        }
    }

    /** Without its protection, an interrupted step is taken for one that had no effect. */
    private Input unobserved(Input input) {
        boolean naive = !simulation.has(Protection.OBSERVATION) && input == Input.EFFECT_UNKNOWN;
        return naive ? Input.EFFECT_ABSENT : input;
    }

    private Run move(Run run, RunMachine machine, Input input) throws Gone {
        return move(run, machine, input, input);
    }

    /** @param found what was truly found */
    private Run move(Run run, RunMachine machine, Input input, Input found) throws Gone {
        Run after = run.moved(machine.next(run.progress(), input, instance.now()), instance.token(), instance.now());
        boolean naive =
                !simulation.has(Protection.VERIFICATION) && after.progress().state() == RunState.VERIFYING;
        Run moved = naive ? run.moved(verified(after, machine), instance.token(), instance.now()) : after;
        write(run, found, moved);
        return moved;
    }

    /** Without verification, a repair is good when its steps were carried out. */
    private io.tocsin.selfheal.machine.Progress verified(Run run, RunMachine machine) {
        var progress = run.progress();
        while (progress.state() == RunState.VERIFYING) {
            progress = machine.next(progress, Input.CLEAR, instance.now());
        }
        return progress;
    }

    private void write(Run before, @Nullable Input input, Run after) throws Gone {
        instance.requireDatabase();
        simulation.ledger().move(instance.name(), after);
        simulation.tell(() -> instance.name() + " " + before.id() + ": " + input + " → "
                + after.progress().state());
        if (input != null) {
            simulation.referee().moved(before, input, after);
        }
    }

    private void begin(Run run, RunMachine machine, Target target) throws Gone {
        Step step = machine.step(run.progress());
        Run begun = move(run, machine, Input.BEGIN);
        boolean undoing = begun.progress().state() == RunState.UNDOING;
        Act act = new Act(instance.name(), begun, machine.playbook(), target, step, undoing);
        Work work = new Work();
        beside.put(run.id(), work);
        if (act.first() || undoing || !simulation.has(Protection.STEP_GUARDS)) {
            carryOut(work, act);
        } else {
            after(
                    work,
                    simulation.dice().of("survey", begun.id(), begun.progress()).between(10, 2_000),
                    () -> {
                        Optional<String> objection = objection(act);
                        if (objection.isPresent()) {
                            work.state = new Found(Input.OBJECTED, objection.get());
                        } else {
                            carryOut(work, act);
                        }
                    });
        }
    }

    private void carryOut(Work work, Act act) {
        long token = act.run().token();
        if (!instance.mayAct(token)) {
            work.state = new Found(Input.INTERRUPTED, "not started");
            return;
        }
        work.command = simulation.hands().begin(act, () -> instance.mayAct(token), found -> work.state = found);
    }

    private Optional<String> objection(Act act) {
        List<PastRun> past = simulation.ledger().runs().stream()
                .map(run -> run.id().equals(act.run().id())
                        ? act.run().beforeStep(act.step().effect())
                        : run.past())
                .toList();
        Situation situation = Situation.ofStep(
                act.run().past(),
                act.playbook(),
                act.target(),
                past,
                simulation.ledger().quarantined(),
                instance.holds(Kind.CUT_FROM_WORLD)
                        ? new Fleet(simulation.town().inventory(), simulation.dark())
                        : simulation.town().fleet(),
                simulation.ledger().frozen() ? Optional.of("ann") : Optional.empty(),
                simulation.limits().tightenedBy(act.playbook().limits()),
                instance.now());
        return Guard.objectionToStep(situation, act.step().effect()).map(Object::toString);
    }

    /** Work that takes this long; it goes on only while its process lives and nobody stopped it. */
    private void after(Work work, long millis, Runnable then) {
        simulation.agenda().in(millis, () -> {
            if (work.stopped) {
                return;
            }
            if (instance.standsStill()) {
                after(work, instance.resumes() - simulation.agenda().now(), then);
            } else {
                then.run();
            }
        });
    }

    private void observe(Run run, Target target) {
        Work work = new Work();
        beside.put(run.id(), work);
        long takes = simulation.dice().of("observe", run.id(), run.progress()).between(10, 5_000);
        after(work, takes, () -> {
            Input input = switch (looks(target)) {
                case SERVING -> Input.EFFECT_SEEN;
                case DOWN -> Input.EFFECT_ABSENT;
                case UNKNOWN -> Input.EFFECT_UNKNOWN;
            };
            work.state = new Found(input, "");
        });
    }

    private Health looks(Target target) {
        return instance.holds(Kind.CUT_FROM_WORLD)
                ? Health.DOWN
                : simulation.town().looks(target);
    }

    private void evaluate(Run run, Playbook playbook, Target target) {
        Work work = new Work();
        beside.put(run.id(), work);
        long takes = simulation.dice().of("evaluate", run.id(), run.progress()).between(10, 5_000);
        after(work, takes, () -> {
            boolean clear = (!playbook.verify().rootAlertRecovered() || recovered(run))
                    && (playbook.verify().checks().isEmpty() || looks(target) == Health.SERVING);
            work.state = new Found(clear ? Input.CLEAR : Input.NOT_CLEAR, "");
        });
    }

    private boolean recovered(Run run) {
        return simulation
                .ledger()
                .incident(run.incident())
                .filter((Incident incident) -> incident.recovered(run.fingerprint()))
                .isPresent();
    }
}
