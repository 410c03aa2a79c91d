package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.machine.Aside.Found;
import io.tocsin.selfheal.machine.Input;
import io.tocsin.selfheal.playbook.Effect;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Carries out commands, and not always as it says. */
final class Hands {

    private static final long ASK_EVERY = 250;
    private static final long LATE = 60_000;

    private final Simulation simulation;

    Hands(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A command at work. */
    final class Command {
        private final Act act;
        private final BooleanSupplier allowed;
        private final Consumer<Found> done;
        private final long endsAt;
        private final Ending ending;
        private boolean over;

        private Command(Act act, BooleanSupplier allowed, Consumer<Found> done, Ending ending) {
            this.act = act;
            this.allowed = allowed;
            this.done = done;
            this.ending = ending;
            this.endsAt = simulation.agenda().now() + ending.after();
        }

        private void poll() {
            long now = simulation.agenda().now();
            if (over) {
                return;
            }
            if (simulation.standsStill(act.instance())) {
                simulation.agenda().at(simulation.resumes(act.instance()), this::poll);
            } else if (!allowed.getAsBoolean()) {
                kill();
                done.accept(new Found(Input.INTERRUPTED, "killed: it is no longer allowed to run"));
            } else if (now >= endsAt) {
                end();
            } else {
                simulation.agenda().in(Math.min(ASK_EVERY, endsAt - now), this::poll);
            }
        }

        private void end() {
            over = true;
            simulation.referee().ends(act);
            if (ending.effect()) {
                takes();
            } else if (ending.late()) {
                simulation.agenda().in(LATE, this::takes);
            }
            done.accept(new Found(ending.input(), ending.input().name()));
        }

        private void takes() {
            simulation.town().takes(act.step().effect(), act.target());
        }

        /** It dies in the middle; what it did by then is left. */
        void kill() {
            if (over) {
                return;
            }
            over = true;
            simulation.referee().ends(act);
            if (dice(act, "killed").chance(0.5)) {
                takes();
            }
        }
    }

    /** How a command will end. */
    private record Ending(long after, boolean effect, boolean late, Input input) {}

    Command begin(Act act, BooleanSupplier allowed, Consumer<Found> done) {
        simulation.referee().begins(act);
        if (act.step().effect() == Effect.RESTART) {
            // It stops first what it starts again.
            simulation.town().stops(act.target());
        }
        Command command = new Command(act, allowed, done, ending(act));
        command.poll();
        return command;
    }

    private Dice dice(Act act, String what) {
        return simulation
                .dice()
                .of(
                        what,
                        act.run().id(),
                        act.step().name(),
                        act.run().progress().attempt());
    }

    private Ending ending(Act act) {
        boolean slow = dice(act, "slow").chance(0.2);
        long after = dice(act, "takes").between(200, slow ? 60_000 : 8_000);
        String target = act.target().name();
        if (holds(Kind.COMMANDS_HANG, target)) {
            return new Ending(act.step().timeout().toMillis(), false, false, Input.STEP_FAILED);
        }
        if (holds(Kind.COMMANDS_FAIL, target)) {
            return new Ending(after, false, false, Input.STEP_FAILED);
        }
        if (holds(Kind.LIES_OK, target)) {
            return new Ending(after, false, false, Input.STEP_SUCCEEDED);
        }
        if (holds(Kind.LIES_FAILED, target)) {
            return new Ending(after, true, false, Input.STEP_FAILED);
        }
        return holds(Kind.LATE_EFFECT, target)
                ? new Ending(after, false, true, Input.STEP_SUCCEEDED)
                : new Ending(after, true, false, Input.STEP_SUCCEEDED);
    }

    private boolean holds(Kind kind, String target) {
        return simulation.faults().holds(kind, target, simulation.agenda().now());
    }
}
