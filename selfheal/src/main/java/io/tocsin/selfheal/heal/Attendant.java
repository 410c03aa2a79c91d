package io.tocsin.selfheal.heal;

import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.selfheal.action.CommandRunner;
import io.tocsin.selfheal.diagnose.Answer;
import io.tocsin.selfheal.diagnose.Diagnosis;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries repairs through: each move of the machine is written down before the next thing is done. Work that takes time
 * runs beside; what it found counts only while the lease is still held.
 */
final class Attendant implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attendant.class);

    private final Jdbi jdbi;
    private final Lease lease;
    private final Diagnosis diagnosis;
    private final Runnable finished;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Future<Answer>> underWay = new HashMap<>();
    private final Map<String, Instant> evaluatedAt = new HashMap<>();

    /** @param finished told when work that runs beside is done */
    Attendant(Jdbi jdbi, Lease lease, Diagnosis diagnosis, Runnable finished) {
        this.jdbi = jdbi;
        this.lease = lease;
        this.diagnosis = diagnosis;
        this.finished = finished;
    }

    /** Moves every repair as far as it goes now. */
    void attend(Plan plan, long token, Instant now) throws InterruptedException {
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

    /** The lease is lost: whatever runs beside is stopped, and the new owner finds out how far it came. */
    void abandon() {
        underWay.values().forEach(work -> work.cancel(true));
        underWay.clear();
        evaluatedAt.clear();
    }

    private void attend(Case c, long token, Instant now) throws InterruptedException {
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
        move(c, Input.BEGIN, step.name(), token, now);
        start(c.run().id(), () -> carryOut(step, c.target()));
    }

    private static Answer carryOut(Step step, Target target) throws InterruptedException {
        CommandRunner.Result result = CommandRunner.run(step.commandFor(target), step.timeout());
        return new Answer(result.succeeded(), step.name() + (result.detail().isEmpty() ? "" : ": " + result.detail()));
    }

    private void awaitStep(Case c, long token, Instant now) throws InterruptedException {
        if (!underWay.containsKey(c.run().id())) {
            // Begun by a process that is gone, or under a lease that was lost.
            move(c, Input.INTERRUPTED, "nobody knows how far the step came", token, now);
            return;
        }
        Optional<Answer> result = result(c.run().id());
        if (result.isPresent()) {
            Input input = result.get().yes() ? Input.STEP_SUCCEEDED : Input.STEP_FAILED;
            move(c, input, result.get().found(), token, now);
        }
    }

    /** What an interrupted step did is found out before anything is repeated. */
    private void observe(Case c, long token, Instant now) throws InterruptedException {
        Optional<Check> done = c.machine().step(c.run().progress()).done();
        if (done.isEmpty()) {
            move(c, Input.EFFECT_UNKNOWN, "the step does not say how to see its effect", token, now);
            return;
        }
        if (!underWay.containsKey(c.run().id())) {
            start(c.run().id(), () -> diagnosis.ask(done.get(), c.target()));
            return;
        }
        Optional<Answer> result = result(c.run().id());
        if (result.isPresent()) {
            move(
                    c,
                    result.get().yes() ? Input.EFFECT_SEEN : Input.EFFECT_ABSENT,
                    result.get().found(),
                    token,
                    now);
        }
    }

    private void verify(Case c, long token, Instant now) throws InterruptedException {
        String id = c.run().id();
        if (underWay.containsKey(id)) {
            Optional<Answer> result = result(id);
            if (result.isPresent()) {
                evaluatedAt.put(id, now);
                move(
                        c,
                        result.get().yes() ? Input.CLEAR : Input.NOT_CLEAR,
                        result.get().found(),
                        token,
                        now);
            }
            return;
        }
        Instant last = evaluatedAt.getOrDefault(id, Instant.MIN);
        if (last.equals(Instant.MIN)
                || !now.isBefore(last.plus(c.playbook().verify().interval()))) {
            start(id, () -> evaluate(c));
        }
    }

    private Answer evaluate(Case c) throws InterruptedException {
        Verify verify = c.playbook().verify();
        if (verify.rootAlertRecovered() && !recovered(c.run())) {
            return new Answer(false, c.run().cause() + " has not recovered");
        }
        for (Check check : verify.checks()) {
            Answer answer = diagnosis.ask(check, c.target());
            if (!answer.yes()) {
                return new Answer(false, check.text() + ": " + answer.found());
            }
        }
        return new Answer(true, "everything is clear");
    }

    private boolean recovered(Run run) {
        Optional<Incident> incident = jdbi.withHandle(handle -> Incidents.get(handle, run.incident()));
        while (incident.filter(found -> found.status() == Incident.Status.MERGED)
                .isPresent()) {
            String into = incident.get().mergedInto();
            incident = jdbi.withHandle(handle -> Incidents.get(handle, into));
        }
        return incident.filter(found -> found.recovered(run.fingerprint())).isPresent();
    }

    private void start(String id, Callable<Answer> work) {
        underWay.put(id, threads.submit(() -> {
            try {
                return work.call();
            } finally {
                finished.run();
            }
        }));
    }

    private Optional<Answer> result(String id) throws InterruptedException {
        Future<Answer> work = underWay.get(id);
        if (work == null || !work.isDone()) {
            return Optional.empty();
        }
        underWay.remove(id);
        try {
            return Optional.of(work.get());
        } catch (ExecutionException e) {
            LOG.error("repair {}: work beside failed", id, e.getCause());
            return Optional.of(new Answer(false, "failed: " + e.getCause()));
        }
    }

    private void orphaned(Run run, long token, Instant now) {
        Progress progress = run.progress().escalated("its playbook or its target changed while it ran");
        write(
                run.moved(progress, token, now),
                token,
                handle -> Events.tell(
                        handle, run, Phase.ESCALATED, "", "its playbook or its target changed while it ran", now));
    }

    private void move(Case c, Input input, String detail, long token, Instant now) {
        Progress before = c.run().progress();
        Progress after = c.machine().next(before, input, now);
        Run moved = c.run().moved(after, token, now);
        write(moved, token, handle -> tell(handle, c, moved, before, input, detail, now));
        LOG.info("repair {} of {}: {} → {} ({})", moved.playbook(), moved.target(), input, after.state(), detail);
        if (moved.endedAt().isPresent()) {
            evaluatedAt.remove(moved.id());
        }
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
