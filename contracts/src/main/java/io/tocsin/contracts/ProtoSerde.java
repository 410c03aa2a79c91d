package io.tocsin.contracts;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one protobuf message type; {@code null} stays {@code null} (a tombstone).
 *
 * @param parser the generated parser of the type
 */
public record ProtoSerde<T extends MessageLite>(Parser<T> parser) implements Serde<T> {

    @Override
    public Serializer<T> serializer() {
        return (topic, message) -> bytes(message);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> message(topic, bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's serializers pass null through, its types do not say so.
    private static byte[] bytes(@Nullable MessageLite message) {
        return message == null ? null : message.toByteArray();
    }

    @SuppressWarnings("NullAway")
    private T message(String topic, byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new SerializationException("not a valid message on " + topic, e);
        }
    }
}
