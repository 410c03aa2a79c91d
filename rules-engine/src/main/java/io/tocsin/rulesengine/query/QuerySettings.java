package io.tocsin.rulesengine.query;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.tocsin.promql.engine.EngineOptions;
import java.time.Duration;

/**
 * What readers may ask for.
 *
 * @param concurrency requests that are worked on at once
 * @param patience how long a request waits for its turn before it is refused
 * @param timeout the longest that one query may take
 * @param maxSamples samples that one query may read and compute
 * @param maxSeries series that one selector may match
 * @param peerTimeout how long another instance may take to answer for its shards
 * @param teamLabel the label that says whose a series is, for the count of series by team
 */
@ConfigurationProperties("tocsin.query")
public record QuerySettings(
        @Bindable(defaultValue = "16") int concurrency,
        @Bindable(defaultValue = "10s") Duration patience,
        @Bindable(defaultValue = "2m") Duration timeout,
        @Bindable(defaultValue = "50000000") long maxSamples,
        @Bindable(defaultValue = "500000") int maxSeries,
        @Bindable(defaultValue = "10s") Duration peerTimeout,
        @Bindable(defaultValue = "team") String teamLabel) {

    /** The most steps of a range query: Prometheus' own bound, which its clients know. */
    static final int MAX_STEPS = 11_000;

    public QuerySettings {
        if (concurrency < 1
                || maxSamples < 1
                || maxSeries < 1
                || timeout.toMillis() < 1
                || patience.isNegative()
                || peerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the limits of queries must be positive");
        }
    }

    EngineOptions.Limits limits(Duration wanted) {
        Duration allowed = wanted.compareTo(timeout) < 0 ? wanted : timeout;
        return new EngineOptions.Limits(maxSamples, MAX_STEPS + 1, maxSeries, allowed);
    }
}
