package io.tocsin.selfheal.playbook;

import java.util.Optional;

/**
 * Runs {@code systemctl} on another machine by SSH.
 *
 * @param unit with its suffix, for example {@code shop.service}
 * @param keyFile private key
 * @param knownHosts file of host keys; a host that is not in it is not spoken to
 * @param sudo whether {@code sudo -n} comes before it
 */
public record SystemdAction(
        Verb verb,
        Template unit,
        Template host,
        int port,
        Template user,
        String keyFile,
        String knownHosts,
        boolean sudo)
        implements Action {
    /** What is done. */
    public enum Verb {
        RESTART,
        START,
        STOP
    }

    public SystemdAction {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is between 1 and 65535");
        }
    }

    /** The unit, for a target. */
    public String unitFor(Target target) {
        return Shape.UNIT.fill(unit, target);
    }

    /** The machine, for a target. */
    public String hostFor(Target target) {
        return Shape.HOST.fill(host, target);
    }

    /** Who logs in, for a target. */
    public String userFor(Target target) {
        return Shape.USER.fill(user, target);
    }

    @Override
    public String text(Target target) {
        return "ssh " + userFor(target) + "@" + hostFor(target) + ":" + port + ": " + (sudo ? "sudo -n " : "")
                + "systemctl " + Words.of(verb) + " " + unitFor(target);
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
