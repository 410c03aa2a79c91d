package io.tocsin.collector.otlp;

import io.grpc.Decompressor;
import io.tocsin.collector.decompress.Zstd;
import java.io.IOException;
import java.io.InputStream;

/** Zstandard as a {@code grpc-encoding}; gRPC bounds the size of what comes out. */
final class ZstdCodec implements Decompressor {

    @Override
    public String getMessageEncoding() {
        return "zstd";
    }

    @Override
    public InputStream decompress(InputStream compressed) throws IOException {
        return Zstd.open(compressed);
    }
}
