package io.tocsin.collector;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The collector's settings.
 *
 * @param id what its door records are keyed by; must differ between collectors
 * @param host address that gRPC and HTTP listen on
 * @param grpcPort port of OTLP over gRPC, 0 for a free one
 * @param maxRequestBytes largest request after decompression
 * @param maxInFlightBytes most bytes that may wait for Kafka's acknowledgement
 * @param publishTimeout how long Kafka may take before the sender is told to try again
 */
@ConfigurationProperties("tocsin.collector")
public record CollectorSettings(
        @Bindable(defaultValue = "collector-1") String id,
        @Bindable(defaultValue = "127.0.0.1") String host,
        @Bindable(defaultValue = "4317") int grpcPort,
        @Bindable(defaultValue = "67108864") int maxRequestBytes,
        @Bindable(defaultValue = "134217728") long maxInFlightBytes,
        @Bindable(defaultValue = "10s") Duration publishTimeout) {

    public CollectorSettings {
        if (maxRequestBytes < 1 || maxInFlightBytes < maxRequestBytes) {
            throw new IllegalArgumentException(
                    "max-in-flight-bytes must hold at least one request of max-request-bytes, which must be positive");
        }
    }
}
