package io.tocsin.selfheal.playbook;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes how HAProxy uses a server, by its runtime API.
 *
 * @param server {@code backend/server}
 * @param at {@code unix:/path} or {@code tcp://host:port}
 * @param percent of the configured weight, 0 to 100, with {@link Verb#WEIGHT}
 * @param untilIdle whether the step ends only when the server has no session left
 */
public record HaproxyAction(Verb verb, Template server, Template at, OptionalInt percent, boolean untilIdle)
        implements Action {
    /** What is done. */
    public enum Verb {
        DRAIN,
        MAINT,
        READY,
        WEIGHT
    }

    public HaproxyAction {
        if ((verb == Verb.WEIGHT) != percent.isPresent()) {
            throw new IllegalArgumentException("weight needs percent, and nothing else does");
        }
        if (percent.isPresent() && (percent.getAsInt() < 0 || percent.getAsInt() > 100)) {
            throw new IllegalArgumentException("percent is between 0 and 100");
        }
        if (untilIdle && verb != Verb.DRAIN && verb != Verb.MAINT) {
            throw new IllegalArgumentException("until_idle is for drain and maint");
        }
    }

    /** The command of the runtime API. */
    public String command(Target target) {
        String what = verb == Verb.WEIGHT ? "weight " + percent.getAsInt() + "%" : "state " + Words.of(verb);
        return "set server " + serverFor(target) + " " + what;
    }

    /** Backend and server, for a target. */
    public String serverFor(Target target) {
        return Shape.HAPROXY_SERVER.fill(server, target);
    }

    /** Where the runtime API is, for a target. */
    public String addressFor(Target target) {
        return Shape.SOCKET.fill(at, target);
    }

    @Override
    public String text(Target target) {
        return "haproxy at " + addressFor(target) + ": " + command(target)
                + (untilIdle ? ", until it has no session" : "");
    }

    @Override
    public Optional<Effect> effect() {
        boolean isolates = verb == Verb.DRAIN || verb == Verb.MAINT || percent.orElse(100) == 0;
        return Optional.of(isolates ? Effect.ISOLATE : Effect.CHANGE);
    }

    @Override
    public boolean observable() {
        return true;
    }
}
