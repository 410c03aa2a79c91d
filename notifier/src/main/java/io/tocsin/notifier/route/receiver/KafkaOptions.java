package io.tocsin.notifier.route.receiver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code kafka_configs} entry: each notice is a record of a topic.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param timeout how long one try may take; empty means the notifier's own limit
 * @param topic template
 * @param properties of the producer, {@code bootstrap.servers} among them
 */
public record KafkaOptions(
        boolean sendResolved, Optional<Duration> timeout, String topic, Map<String, Source> properties)
        implements ReceiverOptions {

    public KafkaOptions {
        properties = Map.copyOf(properties);
    }

    @Override
    public Kind kind() {
        return Kind.KAFKA;
    }
}
