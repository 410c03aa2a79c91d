package io.tocsin.collector.remotewrite;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How pairs of Prometheus are told apart.
 *
 * @param clusterLabel external label that both of a pair have in common
 * @param replicaLabel external label that tells them apart; it is taken off
 * @param failover after what silence of the elected one the other is heard
 */
@ConfigurationProperties("tocsin.collector.remote-write")
public record RemoteWriteSettings(
        @Bindable(defaultValue = "cluster") String clusterLabel,
        @Bindable(defaultValue = "__replica__") String replicaLabel,
        @Bindable(defaultValue = "30s") Duration failover) {

    public RemoteWriteSettings {
        if (clusterLabel.isEmpty() || replicaLabel.isEmpty() || !failover.isPositive()) {
            throw new IllegalArgumentException("cluster-label and replica-label must be named, failover be positive");
        }
    }
}
