package io.tocsin.collector.otlp;

import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.answer.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A gRPC request as it came. What cannot be read is a value too: an exception would reach the sender as UNKNOWN. */
sealed interface Received {

    /** All bytes of the message, decompressed. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
    record Whole(byte[] bytes) implements Received {}

    /** A message that was too large or not decompressed. */
    record Broken(Refusal refusal) implements Received {}

    /** Reads requests; the size is bounded by gRPC's limit, also after decompression. */
    MethodDescriptor.Marshaller<Received> MARSHALLER = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(Received value) {
            return switch (value) {
                case Whole whole -> new ByteArrayInputStream(whole.bytes());
                case Broken broken -> throw broken.refusal();
            };
        }

        @Override
        public Received parse(InputStream stream) {
            try (stream) {
                return new Whole(stream.readAllBytes());
            } catch (StatusRuntimeException e) {
                return new Broken(new Refusal(Refusal.Reason.TOO_LARGE, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                return new Broken(new Refusal(
                        Refusal.Reason.MALFORMED, "the message is not what grpc-encoding says: " + e.getMessage()));
            }
        }
    };
}
