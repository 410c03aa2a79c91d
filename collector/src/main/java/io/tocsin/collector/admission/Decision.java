package io.tocsin.collector.admission;

import java.time.Duration;

/** Whether a request is admitted. */
public sealed interface Decision {

    /** It is; the permit is settled when the request is. */
    record Admitted(Permit permit) implements Decision {}

    /**
     * It is not.
     *
     * @param retryAfter after what time it is worth trying again
     */
    record Refused(Cause cause, Duration retryAfter) implements Decision {}

    /** Why not. */
    enum Cause {
        /** The client has used up its own rate. */
        CLIENT_OVER_RATE,
        /** Too many bytes wait for Kafka. */
        BYTES_IN_FLIGHT,
        /** More requests wait for Kafka than it acknowledges without queueing. */
        REQUESTS_IN_FLIGHT
    }
}
