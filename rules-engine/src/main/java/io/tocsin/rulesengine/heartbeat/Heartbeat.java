package io.tocsin.rulesengine.heartbeat;

import io.tocsin.rulesengine.tick.DoorEvidence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record of zero bytes that says "it is this late" on a telemetry partition. To any other reader it is an empty and
 * valid OTLP request.
 *
 * @param rulesOffset end of the rules topic when it was written: rules up to there are known before a tick after it
 * @param doors what the doors proved when it was written
 */
public record Heartbeat(long rulesOffset, DoorEvidence doors) {

    private static final String MARK = "tocsin-heartbeat";
    private static final String RULES_OFFSET = "tocsin-rules-offset";
    private static final String DOORS = "tocsin-doors";
    private static final byte COMPLETE = 1;
    private static final byte INCOMPLETE = 2;

    /** The headers that carry it. */
    public List<Header> headers() {
        byte[] reason = doors.reason().getBytes(StandardCharsets.UTF_8);
        byte[] evidence = ByteBuffer.allocate(1 + reason.length)
                .put(doors.complete() ? COMPLETE : INCOMPLETE)
                .put(reason)
                .array();
        return List.of(
                new RecordHeader(MARK, new byte[] {'1'}),
                new RecordHeader(
                        RULES_OFFSET,
                        ByteBuffer.allocate(Long.BYTES).putLong(rulesOffset).array()),
                new RecordHeader(DOORS, evidence));
    }

    /** The heartbeat that a record is, empty when it is none. */
    public static Optional<Heartbeat> of(Headers headers, byte @Nullable [] value) {
        if (value == null || value.length > 0 || headers.lastHeader(MARK) == null) {
            return Optional.empty();
        }
        return Optional.of(new Heartbeat(rulesOffset(headers), doors(headers)));
    }

    private static long rulesOffset(Headers headers) {
        byte @Nullable [] bytes = value(headers, RULES_OFFSET);
        return bytes == null || bytes.length != Long.BYTES
                ? 0
                : ByteBuffer.wrap(bytes).getLong();
    }

    private static DoorEvidence doors(Headers headers) {
        byte @Nullable [] bytes = value(headers, DOORS);
        if (bytes == null || bytes.length == 0) {
            return DoorEvidence.incomplete("a heartbeat without evidence");
        }
        return new DoorEvidence(bytes[0] == COMPLETE, new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }
}
