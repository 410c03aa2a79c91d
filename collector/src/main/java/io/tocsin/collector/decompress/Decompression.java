package io.tocsin.collector.decompress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/**
 * The codings of a body that are understood, by their names in {@code Content-Encoding} (RFC 9110, section 8.4.1) and
 * {@code grpc-encoding}.
 */
public enum Decompression {
    IDENTITY("identity") {
        @Override
        InputStream open(InputStream body) {
            return body;
        }
    },
    GZIP("gzip", "x-gzip") {
        @Override
        InputStream open(InputStream body) throws IOException {
            return new GZIPInputStream(body, BUFFER);
        }
    },
    /** The zlib format (RFC 1950). */
    DEFLATE("deflate", "x-deflate") {
        @Override
        InputStream open(InputStream body) {
            return new InflaterInputStream(body);
        }
    },
    ZSTD("zstd") {
        @Override
        InputStream open(InputStream body) throws IOException {
            return Zstd.open(body);
        }
    },
    /** Snappy's block format: one block that says its length first. */
    SNAPPY_BLOCK("snappy") {
        @Override
        InputStream open(InputStream body) {
            throw new IllegalStateException("a block is no stream");
        }

        @Override
        public byte[] undo(byte[] body, int limit) throws TooLargeException, IOException {
            int length = Snappy.uncompressedLength(body);
            if (length > limit || length < 0) {
                throw new TooLargeException(limit);
            }
            return Snappy.uncompress(body);
        }
    };

    private static final int BUFFER = 8192;

    private final String coding;
    private final String alias;

    Decompression(String coding) {
        this(coding, coding);
    }

    Decompression(String coding, String alias) {
        this.coding = coding;
        this.alias = alias;
    }

    /** A body became larger than it may. */
    public static final class TooLargeException extends Exception {
        TooLargeException(int limit) {
            super("the body is larger than " + limit + " bytes after decompression", null, false, false);
        }
    }

    /** The coding with this name, in either case. */
    public static Optional<Decompression> of(String name) {
        String lower = name.trim().toLowerCase(Locale.ROOT);
        for (Decompression each : values()) {
            if (each.coding.equals(lower) || each.alias.equals(lower)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Its name in the header. */
    public String coding() {
        return coding;
    }

    abstract InputStream open(InputStream body) throws IOException;

    /**
     * The body as it was before it was compressed. Never holds more than {@code limit} bytes and one buffer.
     *
     * @throws TooLargeException when it is larger than {@code limit} bytes
     * @throws IOException when it is not in this coding
     */
    public byte[] undo(byte[] body, int limit) throws TooLargeException, IOException {
        if (this == IDENTITY) {
            if (body.length > limit) {
                throw new TooLargeException(limit);
            }
            return body;
        }
        try (InputStream in = open(new ByteArrayInputStream(body))) {
            return read(in, Math.max(BUFFER, body.length), limit);
        }
    }

    private static byte[] read(InputStream in, int chunk, int limit) throws TooLargeException, IOException {
        List<byte[]> chunks = new ArrayList<>();
        int total = 0;
        while (true) {
            byte[] next = in.readNBytes(Math.min(chunk, limit - total + 1));
            total += next.length;
            if (total > limit) {
                throw new TooLargeException(limit);
            }
            chunks.add(next);
            if (next.length < chunk) {
                return joined(chunks, total);
            }
        }
    }

    private static byte[] joined(List<byte[]> chunks, int total) {
        if (chunks.size() == 1) {
            return chunks.getFirst();
        }
        byte[] all = new byte[total];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }
}
