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
 * @param restart whether it had a restart among its steps
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
        boolean restart,
        Instant startedAt,
        Outcome outcome) {

    /** How a repair ended. */
    public enum Outcome {
        RUNNING,
        VERIFIED,
        FAILED
    }
}
