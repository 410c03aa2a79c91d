package io.tocsin.collector.otlp;

import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Whether a message may be taken as it is, from its bytes alone: nearly all are, and no object is made of them. Says yes only
 * where the full decoder and {@link Checks} do; whatever is unusual is left to them. For one request.
 */
final class Glance {

    // Below the decoder's own limit of 100.
    private static final int MOST_DEPTH = 64;
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final byte[] bytes;
    private final Checks checks;
    private int at;
    private boolean bad;

    Glance(byte[] bytes, Checks checks) {
        this.bytes = bytes;
        this.checks = checks;
    }

    /** Whether the message in a range of the bytes is clean. */
    boolean clean(int begin, int end, Shape shape) {
        at = begin;
        bad = false;
        message(end, shape, 0);
        return !bad;
    }

    /** What was seen of one message. */
    private static final class Seen {
        private boolean named;
        private boolean timed;
        private boolean traced;
        private boolean identified;
        private int attributes;
        private int attributeBytes;
    }

    private static final Seen NOTHING = new Seen();

    private void message(int end, Shape shape, int depth) {
        if (depth > MOST_DEPTH) {
            bad = true;
            return;
        }
        Seen seen = shape.role() == Shape.Role.PLAIN ? NOTHING : new Seen();
        while (at < end && !bad) {
            long tag = varint(end);
            int field = (int) (tag >>> 3);
            if (tag < 8 || tag > 0xffff_ffffL) {
                bad = true;
                return;
            }
            Shape.Kind kind = shape.kind(field);
            if (kind == null) {
                skip((int) tag & 7, end);
            } else {
                known(field, kind, (int) tag & 7, end, shape, seen, depth);
            }
        }
        bad |= at != end || !satisfied(shape.role(), seen);
    }

    private boolean satisfied(Shape.Role role, Seen seen) {
        return switch (role) {
            case PLAIN -> true;
            case METRIC -> seen.named;
            case POINT ->
                seen.timed
                        && seen.attributes <= checks.mostAttributes()
                        && seen.attributeBytes <= checks.mostAttributeBytes();
            case SPAN -> seen.traced && seen.identified;
        };
    }

    private void skip(int wireType, int end) {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> varint(end);
            case WireFormat.WIRETYPE_FIXED64 -> advance(8, end);
            case WireFormat.WIRETYPE_FIXED32 -> advance(4, end);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> advance(length(end), end);
            default -> bad = true;
        }
    }

    private void known(int field, Shape.Kind kind, int wireType, int end, Shape shape, Seen seen, int depth) {
        if (wireType != wireType(kind)) {
            bad = true;
            return;
        }
        switch (kind) {
            case VARINT -> varint(end);
            case FIXED32 -> advance(4, end);
            case FIXED64 -> fixed64(field, end, shape, seen);
            case STRING, BYTES, MESSAGE, PACKED_VARINT, PACKED_FIXED64 -> {
                int length = length(end);
                if (!bad) {
                    delimited(field, kind, length, shape, seen, depth);
                }
            }
        }
    }

    private static int wireType(Shape.Kind kind) {
        return switch (kind) {
            case VARINT -> WireFormat.WIRETYPE_VARINT;
            case FIXED64 -> WireFormat.WIRETYPE_FIXED64;
            case FIXED32 -> WireFormat.WIRETYPE_FIXED32;
            case STRING, BYTES, MESSAGE, PACKED_VARINT, PACKED_FIXED64 -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
        };
    }

    private void fixed64(int field, int end, Shape shape, Seen seen) {
        int begin = at;
        advance(8, end);
        if (!bad && shape.role() == Shape.Role.POINT && field == shape.time()) {
            seen.timed = notZero(begin, 8);
        }
    }

    private void delimited(int field, Shape.Kind kind, int length, Shape shape, Seen seen, int depth) {
        int begin = at;
        int end = begin + length;
        switch (kind) {
            case MESSAGE -> message(end, shape.message(field), depth + 1);
            case STRING -> {
                bad |= !Utf8.isValid(bytes, begin, end);
                at = end;
            }
            case PACKED_VARINT -> {
                while (at < end && !bad) {
                    varint(end);
                }
            }
            case PACKED_FIXED64 -> {
                bad |= length % 8 != 0;
                at = end;
            }
            case BYTES, VARINT, FIXED64, FIXED32 -> at = end;
        }
        note(field, begin, length, shape, seen);
    }

    private void note(int field, int begin, int length, Shape shape, Seen seen) {
        switch (shape.role()) {
            case PLAIN -> {}
            case METRIC -> {
                if (field == Metric.NAME_FIELD_NUMBER) {
                    seen.named = length > 0;
                }
            }
            case POINT -> {
                if (field == shape.attributes()) {
                    seen.attributes++;
                    seen.attributeBytes += length;
                }
            }
            case SPAN -> {
                if (field == Span.TRACE_ID_FIELD_NUMBER) {
                    seen.traced = length == TRACE_ID_BYTES && notZero(begin, length);
                } else if (field == Span.SPAN_ID_FIELD_NUMBER) {
                    seen.identified = length == SPAN_ID_BYTES && notZero(begin, length);
                }
            }
        }
    }

    private boolean notZero(int begin, int length) {
        for (int i = begin; i < begin + length; i++) {
            if (bytes[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private int length(int end) {
        long length = varint(end);
        if (length < 0 || length > end - at) {
            bad = true;
            return 0;
        }
        return (int) length;
    }

    private void advance(int count, int end) {
        if (count > end - at) {
            bad = true;
        } else {
            at += count;
        }
    }

    private long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < 64 && at < end; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        bad = true;
        return 0;
    }
}
