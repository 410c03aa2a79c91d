package io.tocsin.standalone.forward;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.collector.remotewrite.wire.WriteRequest;
import io.tocsin.contracts.Topics;
import io.tocsin.rulesengine.otlp.DeltaTotals;
import io.tocsin.rulesengine.otlp.MetricTranslation;
import io.tocsin.rulesengine.otlp.OtlpOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads otlp_metrics with a consumer group of its own and sends it on. An offset is committed when the store has what stands
 * before it, or refused it for good: nothing is lost, and after a crash some is sent twice, which a store of series ignores. What
 * is under way is bounded by one poll: while the store is away, the topic keeps the rest. Totals of delta series are kept in
 * memory: after a restart they begin anew, which reads as a counter's reset.
 */
final class Forwarder implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(30);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_RECORDS = 100;
    private static final int MOST_BYTES = 8 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Store store;
    private final Consumer<String> log;
    private final MetricTranslation translation = new MetricTranslation(OtlpOptions.DEFAULT);
    private final DeltaTotals totals = DeltaTotals.inMemory();
    private volatile boolean stopped;

    /** @param log told what is refused and what is tried again */
    Forwarder(Map<String, Object> client, String group, boolean fromBeginning, Store store, Consumer<String> log) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("group.id", group);
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", fromBeginning ? "earliest" : "latest");
        properties.put("max.poll.records", MOST_RECORDS);
        properties.put("fetch.max.bytes", MOST_BYTES);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.store = store;
        this.log = log;
    }

    /** Forwards until it is closed. */
    void run() throws InterruptedException {
        try (consumer) {
            consumer.subscribe(List.of(Topics.METRICS.name()));
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                SeriesBatch batch = new SeriesBatch();
                records.forEach(record -> translate(record, batch));
                if (send(batch.requests())) {
                    commit();
                }
            }
        } catch (WakeupException e) {
            if (!stopped) {
                throw e;
            }
        }
    }

    private void commit() {
        try {
            consumer.commitSync();
        } catch (CommitFailedException e) {
            log.accept("the partitions went to another forwarder; it sends some again");
        }
    }

    private void translate(ConsumerRecord<byte[], byte[]> record, SeriesBatch batch) {
        try {
            for (ResourceMetrics resource :
                    ExportMetricsServiceRequest.parseFrom(record.value()).getResourceMetricsList()) {
                var _ = translation.translate(resource, totals, batch);
            }
        } catch (InvalidProtocolBufferException e) {
            // The engine writes a dead letter for it.
            log.accept("not OTLP: " + record.topic() + "/" + record.partition() + "@" + record.offset());
        }
    }

    /** Whether every request was taken, or refused for good. */
    private boolean send(List<WriteRequest> requests) throws InterruptedException {
        for (WriteRequest request : requests) {
            if (!send(request)) {
                return false;
            }
        }
        return true;
    }

    private boolean send(WriteRequest request) throws InterruptedException {
        Duration pause = LEAST_PAUSE;
        while (!stopped) {
            switch (store.send(request)) {
                case Store.Answer.Taken _ -> {
                    return true;
                }
                case Store.Answer.Refused refused -> {
                    log.accept("refused for good, " + request.getTimeseriesCount() + " series: " + refused.why());
                    return true;
                }
                case Store.Answer.Again again -> {
                    log.accept("again: " + again.why());
                    hold(again.after().orElse(pause));
                    pause = pause.multipliedBy(2).compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : pause.multipliedBy(2);
                }
            }
        }
        return false;
    }

    /** Waits, spread at random, and stays a member of the group meanwhile. */
    private void hold(Duration pause) {
        consumer.pause(consumer.assignment());
        long most = pause.toMillis();
        long end = System.nanoTime()
                + Duration.ofMillis(most + ThreadLocalRandom.current().nextLong(most / 2 + 1))
                        .toNanos();
        while (!stopped && System.nanoTime() < end) {
            ConsumerRecords<byte[], byte[]> early =
                    consumer.poll(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            // Of partitions that came to this member just now: they are read again afterwards.
            for (TopicPartition partition : early.partitions()) {
                consumer.seek(partition, early.records(partition).getFirst().offset());
            }
            consumer.pause(consumer.assignment());
        }
        consumer.resume(consumer.assignment());
    }

    /** Ends {@link #run} soon. */
    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
    }
}
