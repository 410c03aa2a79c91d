package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.guardrail.Decision.Refuse;
import io.tocsin.selfheal.guardrail.Decision.Run;
import io.tocsin.selfheal.guardrail.Decision.Wait;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.PastRun;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Quarantine;
import io.tocsin.selfheal.store.Runs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Whether a repair's further step may still be carried out, asked just before it is: the world went on meanwhile. */
record Standing(Jdbi jdbi, Diagnosis diagnosis, InstantSource clock) {

    private record Known(List<PastRun> runs, Set<String> quarantined, Optional<String> frozenBy) {}

    /** What objects; empty when nothing does, and for the first step, which was decided on just now. */
    Optional<String> objection(Plan plan, io.tocsin.selfheal.store.Run run, Playbook playbook, Target target, Step step)
            throws InterruptedException {
        boolean first = run.progress().step() == 0 && run.progress().attempt() == 1;
        if (first || run.progress().state() == RunState.UNDOING) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Known known = jdbi.withHandle(handle -> new Known(
                Runs.recent(handle, now).stream()
                        .map(past -> past.id().equals(run.id()) ? run.beforeStep(step.effect()) : past.past())
                        .toList(),
                Quarantine.targets(handle),
                KillSwitch.frozenBy(handle)));
        Situation situation = Situation.ofStep(
                run.past(),
                playbook,
                target,
                known.runs(),
                known.quarantined(),
                diagnosis.survey(plan.inventory()),
                known.frozenBy(),
                plan.limits().tightenedBy(playbook.limits()),
                now);
        return Guard.objectionToStep(situation, step.effect()).map(objection -> switch (objection) {
            case Wait wait -> wait.reason() + ": " + wait.detail();
            case Refuse refuse -> refuse.reason() + ": " + refuse.detail();
            case Run run1 -> throw new IllegalStateException("to run is no objection");
        });
    }
}
