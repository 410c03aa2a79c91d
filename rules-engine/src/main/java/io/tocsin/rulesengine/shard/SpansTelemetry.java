package io.tocsin.rulesengine.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.rulesengine.store.SampleStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Spans as OTLP sends them. */
final class SpansTelemetry implements Telemetry {

    SpansTelemetry(KeyValueStore<Bytes, byte[]> store, long intervalMs) {}

    @Override
    public List<Reading> read(byte @Nullable [] key, byte[] value, long arrivalMs) throws PoisonException {
        List<Reading> readings = new ArrayList<>();
        for (ResourceSpans resource : parse(value).getResourceSpansList()) {
            Telemetry.checkKey(TargetIdentity.of(resource.getResource()), key);
            readings.add(new Reading(
                    TargetIdentity.of(resource.getResource()),
                    TargetEnvironment.of(resource.getResource()),
                    List.of(),
                    List.of()));
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

    @Override
    public List<SampleStore.Incoming> sampleAt(long tickMs) {
        return List.of();
    }
}
