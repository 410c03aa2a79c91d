package io.tocsin.selfheal.action.kafka;

import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Sight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Looks for a step's message in what its topic got since the step began. */
record Search(KafkaConsumer<byte[], byte[]> consumer, String topic, int partitions) {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Clocks of producers and brokers may be this far apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private static final int MOST_RECORDS = 100_000;

    Sight of(Order order) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        seek(all, order.begunAt().minus(CLOCKS).toEpochMilli(), ends);
        byte[] id = order.id().getBytes(StandardCharsets.UTF_8);
        int read = 0;
        while (all.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (is(record, id)) {
                    return Sight.there("it is at offset " + record.offset() + " of partition " + record.partition());
                }
                read++;
            }
            if (read > MOST_RECORDS) {
                return Sight.untold("more than " + MOST_RECORDS + " messages came since the step began");
            }
        }
        return Sight.notYet("it is not among the " + read + " messages since the step began");
    }

    private void seek(List<TopicPartition> all, long since, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = all.stream().collect(Collectors.toMap(Function.identity(), one -> since));
        Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
        for (TopicPartition one : all) {
            OffsetAndTimestamp begin = begins.get(one);
            consumer.seek(one, begin == null ? ends.getOrDefault(one, 0L) : begin.offset());
        }
    }

    private static boolean is(ConsumerRecord<byte[], byte[]> record, byte[] id) {
        Header order = record.headers().lastHeader(KafkaExecutor.ORDER);
        return order != null && Arrays.equals(order.value(), id);
    }
}
