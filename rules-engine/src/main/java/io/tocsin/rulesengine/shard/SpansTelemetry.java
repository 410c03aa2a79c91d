package io.tocsin.rulesengine.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.otlp.SampleSink;
import io.tocsin.rulesengine.spans.SpanOptions;
import io.tocsin.rulesengine.spans.SpanSignals;
import io.tocsin.rulesengine.spans.SpanState;
import io.tocsin.rulesengine.spans.SpanStep;
import io.tocsin.rulesengine.store.SampleStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Spans as OTLP sends them: counted per target, sampled at ticks. The heap mirrors what is in the store. */
final class SpansTelemetry implements Telemetry {

    /** No target's key is one byte: job and instance have a separator between them, and no job is empty. */
    private static final Bytes LAST_TICK = Bytes.wrap(new byte[] {'t'});

    private final SpanSignals signals = new SpanSignals(SpanOptions.DEFAULT);
    private final KeyValueStore<Bytes, byte[]> store;
    private final long intervalMs;
    private final ShardMeters meters;
    private final Placements placements = new Placements();
    // By key, so that the series of a tick always begin in the same order.
    private final TreeMap<Bytes, SpanState> states = new TreeMap<>();
    private long lastTickMs;

    SpansTelemetry(KeyValueStore<Bytes, byte[]> store, long intervalMs, ShardMeters meters) {
        this.store = store;
        this.intervalMs = intervalMs;
        this.meters = meters;
        try (var all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.equals(LAST_TICK)) {
                    lastTickMs = ByteBuffer.wrap(entry.value).getLong();
                } else {
                    states.put(entry.key, SpanState.decode(entry.value));
                }
            });
        }
    }

    @Override
    public List<Reading> read(byte @Nullable [] key, byte[] value, long arrivalMs) throws PoisonException {
        List<ResourceSpans> resources = parse(value).getResourceSpansList();
        for (ResourceSpans resource : resources) {
            Telemetry.checkKey(TargetIdentity.of(resource.getResource()), key);
        }
        List<Reading> readings = new ArrayList<>();
        for (ResourceSpans resource : resources) {
            TargetIdentity target = TargetIdentity.of(resource.getResource());
            Bytes of = Bytes.wrap(target.key());
            SpanStep step = signals.next(states.getOrDefault(of, SpanState.EMPTY), resource, arrivalMs);
            put(of, step.state());
            meters.spans(step);
            String environment = TargetEnvironment.of(resource.getResource());
            readings.add(new Reading(
                    target,
                    environment,
                    List.of(),
                    step.edges(),
                    placements.of(resource.getResource(), target, environment, arrivalMs)));
        }
        return readings;
    }

    private static ExportTraceServiceRequest parse(byte[] value) throws PoisonException {
        try {
            return ExportTraceServiceRequest.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(PoisonException.Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private void put(Bytes target, SpanState state) {
        if (state.isEmpty()) {
            states.remove(target);
            store.delete(target);
        } else {
            states.put(target, state);
            store.put(target, state.encode());
        }
    }

    @Override
    public List<SampleStore.Incoming> sampleAt(long tickMs) {
        if (tickMs % intervalMs != 0 || states.isEmpty()) {
            return List.of();
        }
        Samples samples = new Samples(new ArrayList<>());
        for (Map.Entry<Bytes, SpanState> entry : List.copyOf(states.entrySet())) {
            SpanState kept = signals.write(entry.getValue(), lastTickMs, tickMs, samples);
            if (!kept.equals(entry.getValue())) {
                put(entry.getKey(), kept);
            }
        }
        lastTickMs = tickMs;
        store.put(LAST_TICK, ByteBuffer.allocate(Long.BYTES).putLong(tickMs).array());
        return samples.taken;
    }

    private record Samples(List<SampleStore.Incoming> taken) implements SampleSink {

        @Override
        public void add(Labels labels, long timestampMs, double value, long startMs) {
            taken.add(new SampleStore.Incoming(labels, timestampMs, value, null, startMs));
        }

        @Override
        public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
            taken.add(new SampleStore.Incoming(labels, timestampMs, 0, value, startMs));
        }
    }
}
