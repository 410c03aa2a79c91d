package io.tocsin.selfheal.heal;

import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.selfheal.action.Executors;
import io.tocsin.selfheal.diagnose.Answer;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.machine.Aside.Found;
import io.tocsin.selfheal.machine.Input;
import io.tocsin.selfheal.machine.Next;
import io.tocsin.selfheal.machine.Progress;
import io.tocsin.selfheal.machine.RunMachine;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.Verify;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.store.Incidents;
import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Lease;
import io.tocsin.selfheal.store.Run;
import io.tocsin.selfheal.store.Runs;
import io.tocsin.selfheal.store.StepBegins;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries repairs through: each move of the machine is written down before the next thing is done. Work that takes time
 * runs beside; what it found counts only while the lease is still held.
 */
final class Attendant {

    private static final Logger LOG = LoggerFactory.getLogger(Attendant.class);

    private final Jdbi jdbi;
    private final Lease lease;
    private final Tenure tenure;
    private final Diagnosis diagnosis;
    private final Standing standing;
    private final StepWork work;
    private final Beside beside;

    /** @param finished told when work that runs beside is done */
    Attendant(Jdbi jdbi, Lease lease, Tenure tenure, Diagnosis diagnosis, Executors executors, Runnable finished) {
        this.jdbi = jdbi;
        this.lease = lease;
        this.tenure = tenure;
        this.diagnosis = diagnosis;
        this.standing = new Standing(jdbi, diagnosis, tenure);
        this.work = new StepWork(jdbi, diagnosis, executors, tenure);
        this.beside = new Beside(finished);
    }

    /** Moves every repair as far as it goes now. */
    void attend(Plan plan, long token, Instant now) {
        for (Run run : jdbi.withHandle(Runs::active)) {
            Optional<Playbook> playbook = plan.playbook(run.playbook(), run.version());
            Optional<Target> target = plan.inventory().named(run.target());
            if (playbook.isPresent() && target.isPresent()) {
                attend(new Case(run, playbook.get(), target.get(), new RunMachine(playbook.get()), plan), token, now);
            } else {
                orphaned(run, token, now);
            }
        }
    }

    private record Case(Run run, Playbook playbook, Target target, RunMachine machine, Plan plan) {}

    /**
     * Whatever runs beside is stopped; whoever holds the lease next finds out how far it came.
     *
     * @return false when something did not end
     */
    boolean abandon() {
        return beside.stop();
    }

    private void attend(Case c, long token, Instant now) {
        String id = c.run().id();
        Optional<String> frozen = jdbi.withHandle(KillSwitch::frozenBy);
        Next next = Next.of(
                c.machine(), c.run().progress(), beside.of(id), frozen, c.run().startedAt(), now);
        switch (next) {
            case Next.Begin begin -> beginStep(c, token, now);
            case Next.Observe observe -> {
                Step step = c.machine().step(c.run().progress());
                beside.start(id, () -> work.effect(c.run(), step, c.target(), token), Input.EFFECT_UNKNOWN);
            }
            case Next.Evaluate evaluate -> beside.start(id, () -> evaluate(c), Input.NOT_CLEAR);
            case Next.Move(Input input, String detail) -> {
                var _ = move(c, input, detail, token, now);
                beside.taken(id);
            }
            case Next.Stop(Input input, String detail) -> {
                if (beside.stop(id)) {
                    var _ = move(c, input, detail, token, now);
                }
            }
            case Next.Nothing nothing -> {
                // Looked at again in the next round.
            }
        }
    }

    private void beginStep(Case c, long token, Instant now) {
        Step step = c.machine().step(c.run().progress());
        Run begun = move(c, Input.BEGIN, step.name(), token, now);
        BooleanSupplier allowed = () -> tenure.mayAct(token);
        beside.start(
                begun.id(),
                () -> {
                    Optional<String> objection = standing.objection(c.plan(), begun, c.playbook(), c.target(), step);
                    return objection.isPresent()
                            ? new Found(Input.OBJECTED, objection.get())
                            : work.carryOut(begun, step, c.target(), token, allowed);
                },
                Input.INTERRUPTED);
    }

    private Found evaluate(Case c) throws InterruptedException {
        Verify verify = c.playbook().verify();
        if (verify.rootAlertRecovered() && !recovered(c.run())) {
            return new Found(Input.NOT_CLEAR, c.run().cause() + " has not recovered");
        }
        for (Check check : verify.checks()) {
            Answer answer = diagnosis.ask(check, c.target());
            if (!answer.yes()) {
                return new Found(Input.NOT_CLEAR, check.text() + ": " + answer.found());
            }
        }
        return new Found(Input.CLEAR, "everything is clear");
    }

    private boolean recovered(Run run) {
        Set<String> followed = new HashSet<>();
        String id = run.incident();
        while (followed.add(id)) {
            String current = id;
            Optional<Incident> incident = jdbi.withHandle(handle -> Incidents.get(handle, current));
            if (incident.isEmpty() || incident.get().status() != Incident.Status.MERGED) {
                return incident.filter(found -> found.recovered(run.fingerprint()))
                        .isPresent();
            }
            id = incident.get().mergedInto();
        }
        // Incidents that became part of each other tell nothing.
        return false;
    }

    private void orphaned(Run run, long token, Instant now) {
        if (!beside.stop(run.id())) {
            LOG.error("repair {}: a step goes on though it was stopped, trying again", run.id());
            return;
        }
        String why = "its playbook or its target changed while it ran ("
                + run.progress().state() + ")";
        Run ended = run.moved(run.progress().escalated(why), token, now);
        write(ended, token, handle -> Events.tell(handle, ended, Phase.ESCALATED, "", why, now));
    }

    private Run move(Case c, Input input, String detail, long token, Instant now) {
        Progress before = c.run().progress();
        Progress after = c.machine().next(before, input, now);
        Run moved = c.run().moved(after, token, now);
        write(moved, token, handle -> {
            if (input == Input.BEGIN) {
                StepBegins.write(handle, moved, now);
            }
            tell(handle, c, moved, before, input, detail, now);
        });
        LOG.info("repair {} of {}: {} → {} ({})", moved.playbook(), moved.target(), input, after.state(), detail);
        return moved;
    }

    private void write(Run run, long token, Consumer<Handle> tell) {
        jdbi.useTransaction(handle -> {
            lease.require(handle, token);
            Runs.move(handle, run);
            tell.accept(handle);
        });
    }

    private static void tell(
            Handle handle, Case c, Run moved, Progress before, Input input, String detail, Instant now) {
        String distinct = before.state() + "/" + before.step() + "/" + before.attempt();
        switch (input) {
            case STEP_SUCCEEDED, EFFECT_SEEN -> Events.tell(handle, moved, Phase.STEP_SUCCEEDED, distinct, detail, now);
            case STEP_FAILED, EFFECT_UNKNOWN, INTERRUPTED, OBJECTED ->
                Events.tell(handle, moved, Phase.STEP_FAILED, distinct + input, detail, now);
            case BEGIN, EFFECT_ABSENT, CLEAR, NOT_CLEAR, FROZEN, LAPSED -> {
                // Only their outcome is told.
            }
        }
        RunState state = moved.progress().state();
        if (before.state() == RunState.VERIFYING && state != RunState.VERIFYING && state != RunState.VERIFIED) {
            Events.tell(handle, moved, Phase.VERIFICATION_FAILED, "", detail, now);
        }
        if (before.state() == RunState.UNDOING && input == Input.STEP_SUCCEEDED && state == RunState.ESCALATED) {
            Events.tell(handle, moved, Phase.ROLLED_BACK, "", detail, now);
        }
        if (state == RunState.VERIFIED) {
            Events.tell(handle, moved, Phase.VERIFIED, "", detail, now);
        }
        if (state == RunState.ESCALATED) {
            String why = moved.progress().failure().orElse(detail);
            String escalate = c.playbook().escalate();
            Events.tell(handle, moved, Phase.ESCALATED, "", escalate.isEmpty() ? why : why + "; " + escalate, now);
        }
    }
}
