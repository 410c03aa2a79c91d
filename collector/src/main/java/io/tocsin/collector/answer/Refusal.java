package io.tocsin.collector.answer;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import java.time.Duration;

/**
 * Why a request is not taken, and how that is said on each transport.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP, failures</a>
 */
public final class Refusal extends RuntimeException {

    /** The named reasons; each has its status on both transports. */
    public enum Reason {
        MALFORMED(400, Status.Code.INVALID_ARGUMENT),
        UNAUTHENTICATED(401, Status.Code.UNAUTHENTICATED),
        FORBIDDEN(403, Status.Code.PERMISSION_DENIED),
        UNKNOWN_PATH(404, Status.Code.UNIMPLEMENTED),
        WRONG_METHOD(405, Status.Code.UNIMPLEMENTED),
        TOO_SLOW(408, Status.Code.DEADLINE_EXCEEDED),
        TOO_LARGE(413, Status.Code.RESOURCE_EXHAUSTED),
        UNSUPPORTED_MEDIA_TYPE(415, Status.Code.INVALID_ARGUMENT),
        UNSUPPORTED_ENCODING(415, Status.Code.UNIMPLEMENTED),
        UNIMPLEMENTED(501, Status.Code.UNIMPLEMENTED),
        OVERLOADED(429, Status.Code.UNAVAILABLE),
        CLIENT_OVER_RATE(429, Status.Code.UNAVAILABLE),
        KAFKA_UNAVAILABLE(503, Status.Code.UNAVAILABLE),
        STOPPING(503, Status.Code.UNAVAILABLE);

        private final int httpStatus;
        private final Status.Code grpcCode;

        Reason(int httpStatus, Status.Code grpcCode) {
            this.httpStatus = httpStatus;
            this.grpcCode = grpcCode;
        }

        /** Its status over HTTP. */
        public int httpStatus() {
            return httpStatus;
        }

        /** Its code over gRPC. */
        public Status.Code grpcCode() {
            return grpcCode;
        }

        /** Whether the same request may be taken later. */
        public boolean retryable() {
            return grpcCode == Status.Code.UNAVAILABLE;
        }
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Reason reason;
    private final Duration retryAfter;

    /** A refusal in a sentence that helps the sender. */
    public Refusal(Reason reason, String message) {
        this(reason, message, RETRY_AFTER);
    }

    /** The same, with the time after which it is worth trying again; without meaning where that never helps. */
    public Refusal(Reason reason, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Its named reason. */
    public Reason reason() {
        return reason;
    }

    /** After what time it is worth trying again, where that helps at all. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /**
     * It in google.rpc: with RetryInfo when it may pass, with BadRequest when the data are at fault.
     *
     * @param delay what RetryInfo says
     */
    public com.google.rpc.Status status(Duration delay) {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(reason.grpcCode().value())
                .setMessage(text());
        if (reason.retryable()) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                            .setSeconds(delay.getSeconds())
                            .setNanos(delay.getNano()))
                    .build()));
        } else if (reason == Reason.MALFORMED) {
            status.addDetails(Any.pack(BadRequest.newBuilder()
                    .addFieldViolations(BadRequest.FieldViolation.newBuilder().setDescription(text()))
                    .build()));
        }
        return status.build();
    }

    /** The sentence. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
