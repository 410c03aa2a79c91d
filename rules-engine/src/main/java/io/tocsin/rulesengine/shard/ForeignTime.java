package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.Topics;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/**
 * Marks telemetry whose timestamp is not the broker's. It intercepts the consumer, since Kafka Streams tells the kind of a
 * timestamp to nobody after it: its extractors always see {@code CreateTime}.
 */
public final class ForeignTime implements ConsumerInterceptor<byte[], byte[]> {

    private static final String MARK = "tocsin-foreign-time";
    private static final Set<String> TELEMETRY = Set.of(Topics.METRICS.name(), Topics.SPANS.name());

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.timestampType() != TimestampType.LOG_APPEND_TIME && TELEMETRY.contains(record.topic())) {
                record.headers().add(MARK, new byte[0]);
            }
        }
        return records;
    }

    /** Whether the record with these headers was not stamped by the broker. */
    static boolean marked(Headers headers) {
        return headers.lastHeader(MARK) != null;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing is remembered of a record.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // The topics are those of the contract.
    }
}
