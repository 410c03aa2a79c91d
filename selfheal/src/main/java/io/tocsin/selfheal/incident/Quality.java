package io.tocsin.selfheal.incident;

import java.time.Duration;
import java.util.Optional;

/**
 * The data behind an alert's state.
 *
 * @param complete every door and every shard had reported
 * @param newestSampleAge age, at the tick, of the newest sample behind the state; empty when the state rests on the
 *     absence of samples
 */
public record Quality(boolean complete, Optional<Duration> newestSampleAge) {}
