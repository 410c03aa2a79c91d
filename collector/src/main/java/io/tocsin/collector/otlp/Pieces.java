package io.tocsin.collector.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a message that is too large for a record: by scope, then by metric, then by datum. Each piece has its own copy of what
 * stands around it, so that it means the same; the data are copied as they came.
 */
final class Pieces {

    /** Tag and length of a message inside another. */
    private static final int MOST_PREFIX_BYTES = 10;

    private final Rejections rejections;

    Pieces(Rejections rejections) {
        this.rejections = rejections;
    }

    /**
     * The pieces, none larger than {@code limit} bytes. A datum that does not fit is rejected.
     */
    List<ByteString> cut(ByteString message, Level level, int limit) throws InvalidProtocolBufferException {
        if (message.size() <= limit) {
            return List.of(message);
        }
        if (level.isDatum()) {
            rejections.add(Rejections.Reason.TOO_LARGE, 1, message.size() + " bytes of " + limit);
            return List.of();
        }
        Envelope envelope = Envelope.open(message, level);
        int room = limit - envelope.shell().size();
        if (room <= MOST_PREFIX_BYTES) {
            int shell = envelope.shell().size();
            rejections.add(
                    Rejections.Reason.TOO_LARGE,
                    Envelope.data(message, level),
                    "what stands around the data has " + shell + " bytes of " + limit);
            return List.of();
        }
        return packed(envelope, smaller(envelope.parts(), room - MOST_PREFIX_BYTES), room);
    }

    private List<Envelope.Part> smaller(List<Envelope.Part> parts, int limit) throws InvalidProtocolBufferException {
        List<Envelope.Part> smaller = new ArrayList<>();
        for (Envelope.Part part : parts) {
            for (ByteString piece : cut(part.bytes(), part.level(), limit)) {
                smaller.add(new Envelope.Part(part.field(), part.level(), piece));
            }
        }
        return smaller;
    }

    private static List<ByteString> packed(Envelope envelope, List<Envelope.Part> parts, int room) {
        List<ByteString> pieces = new ArrayList<>();
        List<Envelope.Part> current = new ArrayList<>();
        int used = 0;
        for (Envelope.Part part : parts) {
            if (used + part.size() > room && !current.isEmpty()) {
                pieces.add(envelope.with(current));
                current.clear();
                used = 0;
            }
            current.add(part);
            used += part.size();
        }
        if (!current.isEmpty()) {
            pieces.add(envelope.with(current));
        }
        return pieces;
    }
}
