package io.tocsin.rulesengine;

import io.tocsin.runtime.health.ReadinessCheck;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Ready when the topology runs: its state is restored and its partitions are assigned. */
@Singleton
final class EngineReadiness implements ReadinessCheck {

    private final KafkaStreams streams;

    EngineReadiness(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public String name() {
        return "topology";
    }

    @Override
    public Optional<String> problem() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? Optional.empty() : Optional.of("state is " + state);
    }
}
