package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tocsin.collector.answer.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class ReceivedTest {

    @Test
    void aMessageIsItsBytes() {
        Received received = Received.MARSHALLER.parse(new ByteArrayInputStream(new byte[] {1, 2}));
        assertThat(received)
                .isInstanceOfSatisfying(
                        Received.Whole.class, whole -> assertThat(whole.bytes()).containsExactly(1, 2));
    }

    @Test
    void aCorruptCompressionIsMalformed() {
        assertThat(reasonOf(new ZipException("invalid block type"))).isEqualTo(Refusal.Reason.MALFORMED);
    }

    @Test
    void gRpcsOwnLimitIsTooLarge() {
        assertThat(reasonOf(Status.RESOURCE_EXHAUSTED.asRuntimeException())).isEqualTo(Refusal.Reason.TOO_LARGE);
    }

    private static Refusal.Reason reasonOf(Exception failure) {
        Received received = Received.MARSHALLER.parse(new InputStream() {
            @Override
            public int read() throws IOException {
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            }
        });
        return ((Received.Broken) received).refusal().reason();
    }
}
