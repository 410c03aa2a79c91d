package io.tocsin.rulesengine;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.errors.StreamsException;

/** Numbers that are asked of the topology when somebody reads them. */
final class EngineGauges {

    private EngineGauges() {}

    /** Registers them; a number that cannot be had at the moment is absent. */
    static void register(PrometheusRegistry registry, KafkaStreams streams) {
        GaugeWithCallback.builder()
                .name("tocsin_engine_state_lag_records")
                .help(
                        "Records of state that this instance has yet to read, of stores that it restores or stands by for")
                .labelNames("store")
                .callback(callback -> {
                    try {
                        streams.allLocalStorePartitionLags()
                                .forEach((store, partitions) -> callback.call(records(partitions.values()), store));
                    } catch (StreamsException | IllegalStateException e) {
                        // The topology is not running or the broker is away: readiness says which.
                        return;
                    }
                })
                .register(registry);
    }

    private static double records(Collection<LagInfo> lags) {
        return lags.stream().mapToDouble(lag -> (double) lag.offsetLag()).sum();
    }
}
