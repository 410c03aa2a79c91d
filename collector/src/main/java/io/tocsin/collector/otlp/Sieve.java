package io.tocsin.collector.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the bad data out of a resource and leaves the good ones as they came. */
final class Sieve {

    private final Checks checks;
    private final Rejections rejections;

    Sieve(Checks checks, Rejections rejections) {
        this.checks = checks;
        this.rejections = rejections;
    }

    /** Whether a failure to decode is about text alone: then what carries it can be taken out. */
    static boolean isText(InvalidProtocolBufferException e) {
        return String.valueOf(e.getMessage()).contains("invalid UTF-8");
    }

    /**
     * The message without what is bad in it; nothing when it is bad itself.
     *
     * @throws InvalidProtocolBufferException when it is not a message of this level at all
     */
    Optional<ByteString> sift(ByteString message, Level level, String about) throws InvalidProtocolBufferException {
        Envelope envelope = Envelope.open(message, level);
        Message shell;
        try {
            shell = level.parser().parseFrom(envelope.shell());
        } catch (InvalidProtocolBufferException e) {
            if (!isText(e)) {
                throw e;
            }
            return reject(Rejections.Reason.INVALID_UTF8, message, level, about);
        }
        Optional<Rejections.Reason> problem = checks.problem(shell);
        if (problem.isPresent()) {
            return reject(problem.get(), message, level, about);
        }
        if (level.isDatum()) {
            return Optional.of(message);
        }
        String name = shell instanceof Metric metric ? "metric \"" + metric.getName() + "\"" : about;
        return Optional.of(envelope.with(kept(envelope.parts(), name)));
    }

    private List<Envelope.Part> kept(List<Envelope.Part> parts, String about) throws InvalidProtocolBufferException {
        List<Envelope.Part> kept = new ArrayList<>();
        for (Envelope.Part part : parts) {
            sift(part.bytes(), part.level(), about)
                    .ifPresent(bytes -> kept.add(new Envelope.Part(part.field(), part.level(), bytes)));
        }
        return kept;
    }

    private Optional<ByteString> reject(Rejections.Reason reason, ByteString message, Level level, String about)
            throws InvalidProtocolBufferException {
        rejections.add(reason, Envelope.data(message, level), about);
        return Optional.empty();
    }
}
