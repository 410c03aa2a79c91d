package io.tocsin.collector.otlp;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** gRPC messages as the bytes that they are. */
final class Bytes {

    // Compared by identity: an empty request is a valid one.
    private static final byte[] TOO_LARGE = new byte[0];

    static final MethodDescriptor.Marshaller<byte[]> MARSHALLER = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (StatusRuntimeException e) {
                // Thrown further it would be told to the sender as UNKNOWN, without a reason.
                if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                    return TOO_LARGE;
                }
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException("a request could not be read", e);
            }
        }
    };

    private Bytes() {}

    /** Whether it stands for a request that was above the limit once it was decompressed. */
    @SuppressWarnings({"ReferenceEquality", "ArrayEquals"}) // A marker is itself, whatever it holds.
    static boolean isTooLarge(byte[] request) {
        return request == TOO_LARGE;
    }
}
