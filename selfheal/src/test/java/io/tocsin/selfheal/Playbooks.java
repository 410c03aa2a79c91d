package io.tocsin.selfheal;

import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.CommandAction;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Match;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Schedule;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Step.OnFailure;
import io.tocsin.selfheal.playbook.Template;
import io.tocsin.selfheal.playbook.Tightening;
import io.tocsin.selfheal.playbook.Verify;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Playbooks that tests begin with, and changes of them. */
public final class Playbooks {

    private Playbooks() {}

    /** Restarts what the alert "Down" names; two clear evaluations, 10 s apart, within 60 s. */
    public static Playbook restart() {
        return new Playbook(
                "restart",
                "v1",
                Mode.AUTO,
                new Match(Set.of("Down"), Set.of(), Set.of(), Map.of()),
                false,
                List.of(),
                List.of(step("restart", Effect.RESTART)),
                List.of(),
                new Verify(List.<Check>of(), true, 2, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                Duration.ZERO,
                "",
                Optional.empty(),
                Tightening.NONE);
    }

    public static Playbook steps(List<Step> steps, List<Step> rollback) {
        Playbook p = restart();
        return new Playbook(
                p.name(),
                p.version(),
                p.mode(),
                p.match(),
                p.allowExternal(),
                p.diagnose(),
                steps,
                rollback,
                p.verify(),
                p.after(),
                p.escalate(),
                p.schedule(),
                p.limits());
    }

    public static Playbook with(Mode mode, boolean allowExternal, Duration after, Optional<Schedule> schedule) {
        Playbook p = restart();
        return new Playbook(
                p.name(),
                p.version(),
                mode,
                p.match(),
                allowExternal,
                p.diagnose(),
                p.steps(),
                p.rollback(),
                p.verify(),
                after,
                p.escalate(),
                schedule,
                p.limits());
    }

    public static Step step(String name, Effect effect) {
        return step(name, effect, 1, false, OnFailure.ESCALATE);
    }

    public static Step step(String name, Effect effect, int attempts, boolean idempotent, OnFailure onFailure) {
        return new Step(
                name,
                effect,
                new CommandAction(List.of(new Template("true"))),
                Duration.ofSeconds(5),
                attempts,
                idempotent,
                onFailure,
                Optional.empty());
    }
}
