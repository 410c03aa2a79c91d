package io.tocsin.rulesengine.shard;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes the record's timestamp, and marks records whose timestamp is not the broker's: a processor cannot see the kind of
 * a timestamp, and the extractor cannot say no without losing the record.
 */
final class ArrivalTime implements TimestampExtractor {

    private static final String FOREIGN = "tocsin-foreign-time";

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
            record.headers().add(FOREIGN, new byte[0]);
        }
        // A negative timestamp would make the record vanish before it can become a dead letter.
        return Math.max(0, record.timestamp());
    }

    /** Whether the record with these headers was not stamped by the broker. */
    static boolean isForeign(Headers headers) {
        return headers.lastHeader(FOREIGN) != null;
    }
}
