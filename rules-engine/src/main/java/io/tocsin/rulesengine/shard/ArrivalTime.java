package io.tocsin.rulesengine.shard;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Takes the record's timestamp; whether that is the broker's is for {@link ForeignTime} to say. */
final class ArrivalTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        // A negative timestamp would make the record vanish before it can become a dead letter.
        return Math.max(0, record.timestamp());
    }
}
