package io.tocsin.selfheal.statistics;

import java.time.Duration;
import java.time.Instant;

/**
 * A repair that ended.
 *
 * @param version of the playbook
 * @param verified whether it helped, proven; otherwise people were paged
 */
public record Ended(String playbook, String version, Instant startedAt, Instant endedAt, boolean verified) {

    Duration took() {
        return Duration.between(startedAt, endedAt);
    }
}
