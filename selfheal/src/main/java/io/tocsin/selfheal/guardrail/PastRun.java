package io.tocsin.selfheal.guardrail;

import java.time.Instant;

/**
 * A repair that was begun.
 *
 * @param incident the incident that it was for
 * @param playbook the playbook's name
 * @param target what was repaired
 * @param service the target's service
 * @param domain the target's failure domain
 * @param cause name of the root alert
 * @param restarts how often it began to restart its target; at least 1 when a restart is among its steps
 * @param startedAt when it began
 * @param outcome how it ended
 */
public record PastRun(
        String incident,
        String playbook,
        String target,
        String service,
        String domain,
        String cause,
        int restarts,
        Instant startedAt,
        Outcome outcome) {

    /** How a repair ended. */
    public enum Outcome {
        RUNNING,
        VERIFIED,
        FAILED
    }
}
