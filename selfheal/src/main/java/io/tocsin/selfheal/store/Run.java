package io.tocsin.selfheal.store;

import io.tocsin.selfheal.guardrail.PastRun;
import io.tocsin.selfheal.machine.Progress;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.playbook.Effect;
import java.time.Instant;
import java.util.Optional;

/**
 * One repair.
 *
 * @param id of incident, playbook version, target and attempt
 * @param fingerprint the root alert that it is for
 * @param cause the root alert's name
 * @param attempt from 1
 * @param token of the lease under which it was last moved
 * @param progress how far it has come
 * @param endedAt empty while it is under way
 */
public record Run(
        String id,
        String incident,
        String environment,
        String fingerprint,
        String playbook,
        String version,
        String target,
        String service,
        String domain,
        String cause,
        boolean restart,
        int attempt,
        long token,
        Progress progress,
        Instant startedAt,
        Optional<Instant> endedAt) {

    /** The same repair, further on. */
    public Run moved(Progress next, long newToken, Instant now) {
        return new Run(
                id,
                incident,
                environment,
                fingerprint,
                playbook,
                version,
                target,
                service,
                domain,
                cause,
                restart,
                attempt,
                newToken,
                next,
                startedAt,
                next.state().ended() ? Optional.of(now) : Optional.empty());
    }

    /** What the guards need to know of it. */
    public PastRun past() {
        return past(restart ? Math.max(1, progress.restarts()) : 0);
    }

    /** What the guards need to know of it before the step that was begun is carried out. */
    public PastRun beforeStep(Effect effect) {
        return past(progress.restarts() - (effect == Effect.RESTART ? 1 : 0));
    }

    private PastRun past(int restarts) {
        return new PastRun(incident, playbook, target, service, domain, cause, restarts, startedAt, outcome());
    }

    private PastRun.Outcome outcome() {
        if (endedAt.isEmpty()) {
            return PastRun.Outcome.RUNNING;
        }
        return progress.state() == RunState.VERIFIED ? PastRun.Outcome.VERIFIED : PastRun.Outcome.FAILED;
    }
}
