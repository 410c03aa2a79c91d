package io.tocsin.collector.admission;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How much is let in.
 *
 * @param clientBytesPerSecond what one client (a token, or an address) may send on average, decompressed; 0 for no limit
 * @param clientBurstBytes what it may send at once beyond that; at least a second's worth is given
 * @param leastRequests below this many requests under way none waits or is refused for their number
 * @param mostRequests above this many every one does; between the two the limit follows the latency
 */
@ConfigurationProperties("tocsin.collector.admission")
public record AdmissionSettings(
        @Bindable(defaultValue = "0") long clientBytesPerSecond,
        @Bindable(defaultValue = "67108864") long clientBurstBytes,
        @Bindable(defaultValue = "8") int leastRequests,
        @Bindable(defaultValue = "2048") int mostRequests) {

    public AdmissionSettings {
        if (clientBytesPerSecond < 0 || clientBurstBytes < 0) {
            throw new IllegalArgumentException("client-bytes-per-second and client-burst-bytes must not be negative");
        }
        if (leastRequests < 1 || mostRequests < leastRequests) {
            throw new IllegalArgumentException("least-requests must be at least 1 and at most most-requests");
        }
    }
}
