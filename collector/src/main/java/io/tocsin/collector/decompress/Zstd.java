package io.tocsin.collector.decompress;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/** Zstandard with the window that senders over HTTP may use, and no larger one (RFC 9659): it is memory per body. */
public final class Zstd {

    /** 8 MiB. */
    private static final int WINDOW_LOG = 23;

    private Zstd() {}

    /** A stream over what was compressed; the caller closes it, which frees native memory. */
    public static InputStream open(InputStream compressed) throws IOException {
        ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(compressed);
        stream.setLongMax(WINDOW_LOG);
        return stream;
    }
}
