package io.tocsin.selfheal.playbook;

import java.util.Optional;

/**
 * Has supervisor do something with a process.
 *
 * @param process {@code name} or {@code group:name}
 */
public record SupervisorAction(Verb verb, Template process, Endpoint at) implements Action {
    /** What is done. */
    public enum Verb {
        RESTART,
        START,
        STOP
    }

    /** The process, for a target. */
    public String processFor(Target target) {
        return Shape.PROCESS.fill(process, target);
    }

    @Override
    public String text(Target target) {
        return "supervisor at " + at.addressFor(target) + ": " + Words.of(verb) + " process " + processFor(target);
    }

    @Override
    public Optional<Effect> effect() {
        return Optional.of(verb == Verb.STOP ? Effect.ISOLATE : Effect.RESTART);
    }

    @Override
    public boolean observable() {
        return true;
    }
}
