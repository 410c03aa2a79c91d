package io.tocsin.runtime.kafka;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers host:port list
 * @param properties raw client properties, passed through untouched
 */
@ConfigurationProperties("tocsin.kafka")
public record KafkaSettings(
        @Bindable(defaultValue = "127.0.0.1:19092") String bootstrapServers,
        @Nullable Map<String, Object> properties) {

    /** The properties that every client starts from. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> all = new HashMap<>();
        if (properties != null) {
            all.putAll(properties);
        }
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }
}
