package io.tocsin.collector.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tocsin.contracts.TargetIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record per resource. In all three requests field 1 is the repeated resource, so that the bytes of each are copied as
 * they came: unknown fields survive, nothing is encoded again.
 */
final class Split {

    private static final int RESOURCE_FIELD = 1;
    private static final int RESOURCE_TAG = RESOURCE_FIELD << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private Split() {}

    /**
     * A record to be published.
     *
     * @param key the target's identity
     * @param value an export request with one resource
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed to Kafka and never compared.
    record TargetRecord(byte[] key, byte[] value) {}

    /**
     * Splits the protobuf form of an export request.
     *
     * @throws Refusal MALFORMED when it is not one
     */
    static List<TargetRecord> split(Signal signal, byte[] request) {
        List<TargetRecord> records = new ArrayList<>();
        try {
            CodedInputStream in = CodedInputStream.newInstance(request);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == RESOURCE_TAG) {
                    records.add(record(signal, in.readBytes()));
                } else if (!in.skipField(tag)) {
                    throw new InvalidProtocolBufferException("unexpected end group");
                }
            }
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Reason.MALFORMED, "not a valid OTLP " + signal + " request in protobuf: " + e.getMessage());
        }
        return records;
    }

    private static TargetRecord record(Signal signal, ByteString resource) throws InvalidProtocolBufferException {
        Message parsed = signal.resourceParser().parseFrom(resource);
        return new TargetRecord(TargetIdentity.of(resourceOf(parsed)).key(), asRequest(resource));
    }

    private static Resource resourceOf(Message message) {
        return switch (message) {
            case ResourceMetrics metrics -> metrics.getResource();
            case ResourceSpans spans -> spans.getResource();
            case ResourceLogs logs -> logs.getResource();
            default -> throw new IllegalStateException("not a resource of OTLP: " + message.getClass());
        };
    }

    private static byte[] asRequest(ByteString resource) {
        byte[] request = new byte[CodedOutputStream.computeBytesSize(RESOURCE_FIELD, resource)];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(request);
            out.writeBytes(RESOURCE_FIELD, resource);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail to be written", e);
        }
        return request;
    }
}
