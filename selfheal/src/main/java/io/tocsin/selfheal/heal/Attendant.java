package io.tocsin.selfheal.heal;

import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.selfheal.action.Executors;
import io.tocsin.selfheal.diagnose.Answer;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.heal.Beside.Found;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.machine.Input;
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
    private final StepWork work;
    private final Beside beside;

    /** @param finished told when work that runs beside is done */
    Attendant(Jdbi jdbi, Lease lease, Tenure tenure, Diagnosis diagnosis, Executors executors, Runnable finished) {
        this.jdbi = jdbi;
        this.lease = lease;
        this.tenure = tenure;
        this.diagnosis = diagnosis;
        this.work = new StepWork(jdbi, diagnosis, executors);
        this.beside = new Beside(finished);
    }

    /** Moves every repair as far as it goes now. */
    void attend(Plan plan, long token, Instant now) {
        for (Run run : jdbi.withHandle(Runs::active)) {
            Optional<Playbook> playbook = plan.playbook(run.playbook(), run.version());
            Optional<Target> target = plan.inventory().named(run.target());
            if (playbook.isPresent() && target.isPresent()) {
                attend(new Case(run, playbook.get(), target.get(), new RunMachine(playbook.get())), token, now);
            } else {
                orphaned(run, token, now);
            }
        }
    }

    private record Case(Run run, Playbook playbook, Target target, RunMachine machine) {}

    /**
     * Whatever runs beside is stopped; whoever holds the lease next finds out how far it came.
     *
     * @return false when something did not end
     */
    boolean abandon() {
        return beside.stop();
    }

    private void attend(Case c, long token, Instant now) {
        switch (c.run().progress().state()) {
            case READY, UNDO_READY -> beginStep(c, token, now);
            case ACTING, UNDOING -> awaitStep(c, token, now);
            case OBSERVING -> observe(c, token, now);
            case VERIFYING -> verify(c, token, now);
            case VERIFIED, ESCALATED -> throw new IllegalStateException("an ended repair is not active");
        }
    }

    private void beginStep(Case c, long token, Instant now) {
        Optional<String> frozen = jdbi.withHandle(KillSwitch::frozenBy);
        if (frozen.isPresent()) {
            move(c, Input.FROZEN, frozen.get(), token, now);
            return;
        }
        Step step = c.machine().step(c.run().progress());
        Run begun = move(c, Input.BEGIN, step.name(), token, now);
        beside.start(
                begun.id(),
                () -> work.carryOut(begun, step, c.target(), token, now, () -> tenure.mayAct(token)),
                Input.INTERRUPTED);
    }

    private void awaitStep(Case c, long token, Instant now) {
        if (!beside.has(c.run().id())) {
            // Begun by a process that is gone, or under a lease that was lost.
            move(c, Input.INTERRUPTED, "nobody knows how far the step came", token, now);
            return;
        }
        beside.take(c.run().id()).ifPresent(found -> move(c, found.input(), found.detail(), token, now));
    }

    /** What an interrupted step did is found out before anything is repeated. */
    private void observe(Case c, long token, Instant now) {
        Optional<String> frozen = jdbi.withHandle(KillSwitch::frozenBy);
        if (frozen.isPresent()) {
            if (beside.stop(c.run().id())) {
                move(c, Input.FROZEN, frozen.get(), token, now);
            }
            return;
        }
        Step step = c.machine().step(c.run().progress());
        if (!step.observable()) {
            move(c, Input.EFFECT_UNKNOWN, "the step does not say how to see its effect", token, now);
            return;
        }
        if (!beside.has(c.run().id())) {
            beside.start(c.run().id(), () -> work.effect(c.run(), step, c.target(), token, now), Input.EFFECT_UNKNOWN);
            return;
        }
        beside.take(c.run().id()).ifPresent(found -> move(c, found.input(), found.detail(), token, now));
    }

    private void verify(Case c, long token, Instant now) {
        String id = c.run().id();
        Optional<Found> found = beside.take(id);
        if (found.isPresent()) {
            move(c, found.get().input(), found.get().detail(), token, now);
        } else if (beside.has(id)) {
            if (overdue(c, now) && beside.stop(id)) {
                move(c, Input.NOT_CLEAR, "the evaluation did not end by the deadline", token, now);
            }
        } else if (c.machine().evaluationDue(c.run().progress(), now)) {
            beside.start(id, () -> evaluate(c), Input.NOT_CLEAR);
        }
    }

    private static boolean overdue(Case c, Instant now) {
        return c.run().progress().verifyDeadline().filter(now::isBefore).isEmpty();
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
            case STEP_FAILED, EFFECT_UNKNOWN, INTERRUPTED ->
                Events.tell(handle, moved, Phase.STEP_FAILED, distinct + input, detail, now);
            case BEGIN, EFFECT_ABSENT, CLEAR, NOT_CLEAR, FROZEN -> {
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
