package io.tocsin.selfheal.playbook;

import java.util.Optional;

/**
 * Has Docker or Podman do something with a container.
 *
 * @param container name or id
 * @param graceSeconds how long a container may take to stop before it is killed
 */
public record ContainerAction(Verb verb, Template container, Endpoint at, int graceSeconds) implements Action {
    /** What is done. */
    public enum Verb {
        RESTART,
        START,
        STOP,
        PAUSE,
        UNPAUSE
    }

    public ContainerAction {
        if (graceSeconds < 0 || graceSeconds > Step.LONGEST.toSeconds()) {
            throw new IllegalArgumentException("grace is at most 10 minutes");
        }
    }

    /** Whether it stops what runs, so that the grace matters. */
    public boolean stops() {
        return verb == Verb.RESTART || verb == Verb.STOP;
    }

    /** The container, for a target. */
    public String containerFor(Target target) {
        return Shape.CONTAINER.fill(container, target);
    }

    @Override
    public String text(Target target) {
        return "container engine at " + at.addressFor(target) + ": " + Words.of(verb) + " container "
                + containerFor(target)
                + (stops() ? " (killed after " + graceSeconds + " s if it does not stop)" : "");
    }

    @Override
    public Optional<Effect> effect() {
        return Optional.of(
                switch (verb) {
                    case RESTART, START -> Effect.RESTART;
                    case STOP, PAUSE -> Effect.ISOLATE;
                    case UNPAUSE -> Effect.CHANGE;
                });
    }

    @Override
    public boolean observable() {
        return true;
    }
}
