package io.tocsin.benchmarks.ingest;

import java.util.Random;

/** The requests of {@code tocsin bench ingest}, for other measurements too. */
public final class Requests {

    private Requests() {}

    /** A request of one sender with so many data points, compressed with gzip. */
    public static byte[] gzippedMetrics(int dataPoints) {
        return Load.gzip(Load.METRICS.request(0, dataPoints, new Random(0)));
    }
}
