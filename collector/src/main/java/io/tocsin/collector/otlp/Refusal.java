package io.tocsin.collector.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Status;

/**
 * Why a request is not taken, and how that is said on each transport.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP, failures</a>
 */
public final class Refusal extends RuntimeException {

    /** The named reasons; each has its status on both transports. */
    public enum Reason {
        MALFORMED(400, Status.Code.INVALID_ARGUMENT),
        TOO_LARGE(413, Status.Code.RESOURCE_EXHAUSTED),
        UNSUPPORTED_MEDIA_TYPE(415, Status.Code.INVALID_ARGUMENT),
        UNSUPPORTED_ENCODING(415, Status.Code.UNIMPLEMENTED),
        WRONG_METHOD(405, Status.Code.UNIMPLEMENTED),
        UNKNOWN_PATH(404, Status.Code.UNIMPLEMENTED),
        OVERLOADED(429, Status.Code.RESOURCE_EXHAUSTED),
        KAFKA_UNAVAILABLE(503, Status.Code.UNAVAILABLE),
        STOPPING(503, Status.Code.UNAVAILABLE);

        private final int httpStatus;
        private final Status.Code grpcCode;

        Reason(int httpStatus, Status.Code grpcCode) {
            this.httpStatus = httpStatus;
            this.grpcCode = grpcCode;
        }

        int httpStatus() {
            return httpStatus;
        }

        Status.Code grpcCode() {
            return grpcCode;
        }

        /** Whether the same request may be taken later. */
        boolean retryable() {
            return this == OVERLOADED || this == KAFKA_UNAVAILABLE || this == STOPPING;
        }
    }

    /** When a retryable request may come again. */
    static final Duration RETRY_AFTER = Duration.newBuilder().setSeconds(1).build();

    private final Reason reason;

    /** A refusal in a sentence that helps the sender. */
    public Refusal(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Its named reason. */
    public Reason reason() {
        return reason;
    }

    /** It in google.rpc; without RetryInfo a sender over gRPC must not repeat a RESOURCE_EXHAUSTED request. */
    com.google.rpc.Status status() {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(reason.grpcCode().value())
                .setMessage(text());
        if (reason.retryable()) {
            status.addDetails(
                    Any.pack(RetryInfo.newBuilder().setRetryDelay(RETRY_AFTER).build()));
        }
        return status.build();
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
