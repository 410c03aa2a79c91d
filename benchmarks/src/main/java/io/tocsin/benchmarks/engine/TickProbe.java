package io.tocsin.benchmarks.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads {@code tocsin.alerts} as others do (committed records only): how late ticks are done, and how soon a sample that
 * crosses a threshold is a transition.
 */
final class TickProbe implements AutoCloseable {

    /** A rule file with nothing but {@link #rule}. */
    static String file(String interval) {
        return "groups:\n" + rule(interval);
    }

    /** A rule for {@link #cross}; its group is evaluated at the interval. */
    static String rule(String interval) {
        return """
                  - name: probe
                    interval: %s
                    rules:
                      - alert: Probe
                        expr: bench_probe > 0.5
                """.formatted(interval);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> fired = new ConcurrentHashMap<>();
    private final Map<Integer, Long> doneMs = new ConcurrentHashMap<>();
    private final List<Long> tickDelays = Collections.synchronizedList(new ArrayList<>());
    private final List<String> otherTransitions = Collections.synchronizedList(new ArrayList<>());
    private final Thread reading = Thread.ofPlatform().daemon().name("probe").unstarted(this::read);
    private volatile boolean stopped;

    TickProbe(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reading.start();
    }

    /** Nanoseconds from each tick to when a consumer saw that it was done, since the last call. */
    List<Long> takeTickDelays() {
        synchronized (tickDelays) {
            List<Long> taken = List.copyOf(tickDelays);
            tickDelays.clear();
            return taken;
        }
    }

    /** The newest tick that every evaluate partition is done with; 0 while one has said nothing. */
    long doneByAllMs() {
        return doneMs.size() < TopicCreation.STANDALONE.environmentPartitions() ? 0 : Collections.min(doneMs.values());
    }

    /** Transitions of other rules, in words. */
    List<String> otherTransitions() {
        return List.copyOf(otherTransitions);
    }

    /** Lets a series of its own cross the threshold; nanoseconds from the broker's acknowledgement to the transition. */
    long cross(String round, Random random, Duration within) throws InterruptedException, ExecutionException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
        send(round, 1);
        long acknowledged = System.nanoTime();
        long deadline = acknowledged + within.toNanos();
        while (!fired.containsKey(round)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("round " + round + " did not fire within " + within);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
        }
        send(round, 0);
        return fired.get(round) - acknowledged;
    }

    private void send(String round, double value) throws InterruptedException, ExecutionException {
        Resource resource = Resource.newBuilder()
                .addAttributes(Fleet.attribute("service.name", "probe"))
                .addAttributes(Fleet.attribute("service.instance.id", round))
                .build();
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))
                .setAsDouble(value);
        byte[] request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("bench.probe")
                                        .setGauge(Gauge.newBuilder().addDataPoints(point)))))
                .build()
                .toByteArray();
        producer.send(new ProducerRecord<>(
                        Topics.METRICS.name(), TargetIdentity.of(resource).key(), request))
                .get();
    }

    private void read() {
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(5))) {
                seen(record, System.nanoTime(), System.currentTimeMillis());
            }
        }
    }

    private void seen(ConsumerRecord<byte[], byte[]> record, long nanos, long millis) {
        AlertEvent event;
        try {
            event = AlertEvent.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not readable: " + record.topic() + " at offset " + record.offset(), e);
        }
        if (event.hasTickDone()) {
            doneMs.merge(
                    event.getTickDone().getEvaluatePartition(),
                    event.getTickDone().getTickMs(),
                    Math::max);
            tickDelays.add(
                    TimeUnit.MILLISECONDS.toNanos(millis - event.getTickDone().getTickMs()));
        } else if (event.getTransition().getRule().contains("/Probe#")) {
            if (event.getTransition().getTo() == AlertState.FIRING) {
                fired.putIfAbsent(event.getTransition().getLabelsOrDefault("instance", ""), nanos);
            }
        } else {
            otherTransitions.add(event.getTransition().getRule() + " "
                    + event.getTransition().getTo() + " "
                    + event.getTransition().getReason());
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        reading.join();
        consumer.close();
        producer.close();
    }
}
