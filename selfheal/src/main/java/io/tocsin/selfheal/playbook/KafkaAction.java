package io.tocsin.selfheal.playbook;

import java.util.Optional;

/**
 * Sends a message to Kafka, for others to act on.
 *
 * @param bootstrapServers {@code host:port}, more of them separated by commas
 * @param clientFile further properties of the client, such as credentials; empty for none
 */
public record KafkaAction(
        Template topic, Template key, Template value, Template bootstrapServers, Optional<String> clientFile)
        implements Action {
    /** The topic, for a target. */
    public String topicFor(Target target) {
        return Shape.TOPIC.fill(topic, target);
    }

    /** Where Kafka is, for a target. */
    public String bootstrapServersFor(Target target) {
        return Shape.BOOTSTRAP.fill(bootstrapServers, target);
    }

    @Override
    public String text(Target target) {
        return "kafka at " + bootstrapServersFor(target) + ": send to topic " + topicFor(target) + ", key \""
                + key.fill(target) + "\": " + value.fill(target);
    }

    @Override
    public Optional<Effect> effect() {
        return Optional.empty();
    }

    @Override
    public boolean observable() {
        return true;
    }
}
