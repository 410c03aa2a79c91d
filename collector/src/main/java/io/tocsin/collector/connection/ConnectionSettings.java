package io.tocsin.collector.connection;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What one connection may do.
 *
 * @param max most open connections over HTTP
 * @param maxStreams most concurrent calls of one gRPC connection
 * @param requestTimeout how long a request may take to arrive, from its first byte to its last
 * @param maxBufferedBytes most bytes of bodies, over both transports, that have not arrived whole
 * @param idle after what time a connection without a request is closed
 * @param keepalive how often a silent gRPC connection is pinged
 * @param keepaliveTimeout how long its answer may take
 * @param permitKeepalive how often a client may ping
 */
@ConfigurationProperties("tocsin.collector.connections")
public record ConnectionSettings(
        @Bindable(defaultValue = "4096") int max,
        @Bindable(defaultValue = "100") int maxStreams,
        @Bindable(defaultValue = "30s") Duration requestTimeout,
        @Bindable(defaultValue = "134217728") long maxBufferedBytes,
        @Bindable(defaultValue = "10m") Duration idle,
        @Bindable(defaultValue = "1m") Duration keepalive,
        @Bindable(defaultValue = "20s") Duration keepaliveTimeout,
        @Bindable(defaultValue = "10s") Duration permitKeepalive) {

    public ConnectionSettings {
        if (max < 1 || maxStreams < 1 || maxBufferedBytes < 1) {
            throw new IllegalArgumentException("max, max-streams and max-buffered-bytes must be at least 1");
        }
        if (!requestTimeout.isPositive() || !idle.isPositive() || !keepalive.isPositive()) {
            throw new IllegalArgumentException("request-timeout, idle and keepalive must be positive");
        }
    }
}
