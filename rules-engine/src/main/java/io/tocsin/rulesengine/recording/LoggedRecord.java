package io.tocsin.rulesengine.recording;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, as it is in the log.
 *
 * @param timestampMs Unix milliseconds
 * @param arrivalTime whether the broker stamped it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; bytes as Kafka gives them.
public record LoggedRecord(
        String topic,
        int partition,
        long offset,
        long timestampMs,
        boolean arrivalTime,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    public LoggedRecord(
            String topic,
            int partition,
            long offset,
            long timestampMs,
            boolean arrivalTime,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestampMs = timestampMs;
        this.arrivalTime = arrivalTime;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
    }
}
