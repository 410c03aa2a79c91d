package io.tocsin.collector.decompress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.tocsin.collector.TestCollector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class DecompressionTest {

    private static byte[] compressed(Decompression coding, byte[] plain) throws IOException {
        return switch (coding) {
            case IDENTITY -> plain;
            case GZIP -> TestCollector.gzip(plain);
            case DEFLATE -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                    deflater.write(plain);
                }
                yield out.toByteArray();
            }
            case ZSTD -> Zstd.compress(plain);
            case SNAPPY_BLOCK -> Snappy.compress(plain);
        };
    }

    @Property(tries = 200)
    void whatWasCompressedIsItselfAgain(@ForAll Decompression coding, @ForAll @Size(max = 20_000) byte[] plain)
            throws Exception {
        byte[] body = compressed(coding, plain);
        assertThat(coding.undo(body, plain.length)).isEqualTo(plain);
        if (plain.length > 0) {
            assertThatThrownBy(() -> coding.undo(body, plain.length - 1))
                    .isInstanceOf(Decompression.TooLargeException.class);
        }
    }

    @Property(tries = 500)
    void anyBytesAreDecompressedOrRefused(@ForAll Decompression coding, @ForAll @Size(max = 60) byte[] bytes) {
        try {
            assertThat(coding.undo(bytes, 10_000).length).isLessThanOrEqualTo(10_000);
        } catch (IOException | Decompression.TooLargeException expected) {
            assertThat(coding).isNotEqualTo(Decompression.IDENTITY);
        }
    }

    @Test
    void aWindowAboveEightMebibytesIsRefused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.setLong(27);
            byte[] noise = new byte[1 << 20];
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                random.nextBytes(noise);
                zstd.write(noise);
            }
        }
        assertThatThrownBy(() -> Decompression.ZSTD.undo(out.toByteArray(), 64 << 20))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesAreKnownInEitherCaseAndWithTheirOldForm() {
        assertThat(Decompression.of("GZip")).contains(Decompression.GZIP);
        assertThat(Decompression.of("x-gzip")).contains(Decompression.GZIP);
        assertThat(Decompression.of(" zstd ")).contains(Decompression.ZSTD);
        assertThat(Decompression.of("gzip, gzip")).isEmpty();
        assertThat(Decompression.of("br")).isEmpty();
    }
}
