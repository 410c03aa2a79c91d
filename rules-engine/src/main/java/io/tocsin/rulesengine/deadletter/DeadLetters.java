package io.tocsin.rulesengine.deadletter;

import com.google.protobuf.ByteString;
import io.tocsin.contracts.v1.DeadLetter;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records. */
public final class DeadLetters {

    private static final String MODULE = "rules-engine";

    private DeadLetters() {}

    /** The dead letter of a record that can never be processed. */
    public static DeadLetter of(
            String reason, @Nullable String detail, Record<byte[], byte[]> record, RecordMetadata origin) {
        DeadLetter.Builder letter = DeadLetter.newBuilder()
                .setModule(MODULE)
                .setReason(reason)
                .setDetail(String.valueOf(detail))
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset());
        if (record.key() != null) {
            letter.setKey(ByteString.copyFrom(record.key()));
        }
        if (record.value() != null) {
            letter.setValue(ByteString.copyFrom(record.value()));
        }
        return letter.build();
    }
}
