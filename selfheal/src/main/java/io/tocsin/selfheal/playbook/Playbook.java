package io.tocsin.selfheal.playbook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One known problem and its repair.
 *
 * @param name unique among all playbooks
 * @param version changes with the file's text, so that a changed playbook is another one to idempotency
 * @param mode how far it may go on its own
 * @param match which incidents it is for
 * @param allowExternal whether an alert from outside may start it
 * @param diagnose what must hold right before acting
 * @param steps what is done, in order
 * @param rollback what undoes it, in order
 * @param verify how to know that it worked
 * @param after how long the root alert must have been firing: what passes by itself needs no repair, and people are told first
 * @param escalate what is said to people when it did not
 * @param schedule when it may act; empty for always
 * @param limits what it wants stricter than the operator's limits
 */
public record Playbook(
        String name,
        String version,
        Mode mode,
        Match match,
        boolean allowExternal,
        List<Check> diagnose,
        List<Step> steps,
        List<Step> rollback,
        Verify verify,
        Duration after,
        String escalate,
        Optional<Schedule> schedule,
        Tightening limits) {

    /** Nothing is taken out of traffic for a blip. */
    public static final Duration BEFORE_ISOLATION = Duration.ofMinutes(5);

    public Playbook {
        diagnose = List.copyOf(diagnose);
        steps = List.copyOf(steps);
        rollback = List.copyOf(rollback);
        if (name.isEmpty() || steps.isEmpty()) {
            throw new IllegalArgumentException("a playbook needs a name and at least one step");
        }
        if (after.isNegative()) {
            throw new IllegalArgumentException("after is not negative");
        }
    }

    /** Whether any of its steps has this effect. */
    public boolean has(Effect effect) {
        return steps.stream().anyMatch(step -> step.effect() == effect);
    }

    /** The same playbook in another mode. */
    public Playbook in(Mode other) {
        return new Playbook(
                name,
                version,
                other,
                match,
                allowExternal,
                diagnose,
                steps,
                rollback,
                verify,
                after,
                escalate,
                schedule,
                limits);
    }
}
