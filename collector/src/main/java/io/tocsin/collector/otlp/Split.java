package io.tocsin.collector.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import io.tocsin.contracts.TargetIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record per resource, or several where it is too large for one. In all three requests field 1 is the repeated resource, so
 * that the bytes of each are copied as they came: unknown fields survive, nothing is encoded again.
 */
public final class Split {

    private static final int RESOURCE_FIELD = 1;
    private static final int RESOURCE_TAG = RESOURCE_FIELD << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    /** Tag and length of the resource in its request. */
    private static final int MOST_PREFIX_BYTES = 10;

    private final Limits limits;
    private final Checks checks;

    /** Splits, and checks against these limits. */
    public Split(Limits limits) {
        this.limits = limits;
        this.checks = new Checks(limits.maxAttributes(), limits.maxAttributeBytes());
    }

    /**
     * What becomes of a request.
     *
     * @param rejections the data that are in no record
     */
    public record Result(List<TargetRecord> records, Rejections rejections) {

        public Result {
            records = List.copyOf(records);
        }
    }

    /**
     * Splits the protobuf form of an export request.
     *
     * @throws Refusal MALFORMED when it is not one
     */
    public Result split(Signal signal, byte[] request) {
        List<TargetRecord> records = new ArrayList<>();
        Rejections rejections = new Rejections();
        try {
            ByteString whole = UnsafeByteOperations.unsafeWrap(request);
            Glance glance = new Glance(request, checks);
            CodedInputStream in = whole.newCodedInput();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == RESOURCE_TAG) {
                    int length = in.readRawVarint32();
                    int begin = in.getTotalBytesRead();
                    in.skipRawBytes(length);
                    boolean clean = glance.clean(begin, begin + length, signal.shape());
                    ByteString resource = whole.substring(begin, begin + length);
                    if (clean) {
                        publish(identity(resource), resource, signal, records, rejections);
                    } else {
                        inspect(signal, resource, records, rejections);
                    }
                } else if (!in.skipField(tag)) {
                    throw new InvalidProtocolBufferException("unexpected end group");
                }
            }
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Reason.MALFORMED, "not a valid OTLP " + signal + " request in protobuf: " + e.getMessage());
        }
        return new Result(records, rejections);
    }

    /** Decodes a resource that is not plainly clean, and takes out what is bad. */
    private void inspect(Signal signal, ByteString resource, List<TargetRecord> records, Rejections rejections)
            throws InvalidProtocolBufferException {
        ByteString kept = resource;
        Message parsed;
        try {
            parsed = signal.level().parser().parseFrom(resource);
            if (!checks.clean(parsed)) {
                kept = sifted(signal, resource, rejections);
            }
        } catch (InvalidProtocolBufferException e) {
            if (!Sieve.isText(e)) {
                throw e;
            }
            kept = sifted(signal, resource, rejections);
            parsed = signal.level().parser().parseFrom(kept);
        }
        if (!kept.isEmpty() || resource.isEmpty()) {
            publish(TargetIdentity.of(resourceOf(parsed)), kept, signal, records, rejections);
        }
    }

    private void publish(
            TargetIdentity target,
            ByteString resource,
            Signal signal,
            List<TargetRecord> records,
            Rejections rejections)
            throws InvalidProtocolBufferException {
        byte[] key = target.key();
        int room = limits.maxRecordBytes() - MOST_PREFIX_BYTES - key.length;
        for (ByteString piece : new Pieces(rejections).cut(resource, signal.level(), room)) {
            records.add(new TargetRecord(key, asRequest(piece)));
        }
    }

    /** Whose a resource is: of it all only the attributes are decoded. */
    private static TargetIdentity identity(ByteString resource) throws IOException {
        Resource.Builder found = Resource.newBuilder();
        CodedInputStream in = resource.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == RESOURCE_TAG) {
                found.mergeFrom(in.readBytes());
            } else if (!in.skipField(tag)) {
                throw new InvalidProtocolBufferException("unexpected end group");
            }
        }
        return TargetIdentity.of(found.build());
    }

    private ByteString sifted(Signal signal, ByteString resource, Rejections rejections)
            throws InvalidProtocolBufferException {
        return new Sieve(checks, rejections).sift(resource, signal.level(), "").orElse(ByteString.EMPTY);
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
