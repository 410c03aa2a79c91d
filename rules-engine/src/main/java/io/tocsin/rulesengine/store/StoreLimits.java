package io.tocsin.rulesengine.store;

/**
 * What one shard's store keeps. All times in milliseconds.
 *
 * @param retentionMs how long samples are kept, by arrival time
 * @param futureMs how far a sample's own time may lie after its arrival
 * @param outOfOrderMs how far a sample may lie before the newest one of its series
 * @param lookbackMs the longest time that a series counts as current without a new sample
 * @param staleFloorMs the shortest such time, however fast a series reports
 * @param maxSeries how many series may exist at once
 * @param maxChunkBytes how many bytes of compressed chunks are kept, whatever the retention
 */
public record StoreLimits(
        long retentionMs,
        long futureMs,
        long outOfOrderMs,
        long lookbackMs,
        long staleFloorMs,
        int maxSeries,
        long maxChunkBytes) {

    private static final long MINUTE = 60_000;

    /** Six hours of samples, ten minutes of future, five minutes of disorder, Prometheus' lookback, a million series, half a GiB. */
    public static final StoreLimits DEFAULT =
            new StoreLimits(360 * MINUTE, 10 * MINUTE, 5 * MINUTE, 5 * MINUTE, 3_000, 1_000_000, 512L << 20);

    public StoreLimits {
        if (retentionMs < 1
                || futureMs < 0
                || outOfOrderMs < 0
                || lookbackMs < 1
                || staleFloorMs < 1
                || maxSeries < 1
                || maxChunkBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (lookbackMs > retentionMs || staleFloorMs > lookbackMs) {
            throw new IllegalArgumentException("stale floor <= lookback <= retention must hold");
        }
    }

    /** How long samples stay uncompressed at least, by the time of their series' newest one. */
    long hotMs() {
        return outOfOrderMs + outOfOrderMs / 5 + 1;
    }

    /** A series that has been silent for this long is compressed as a whole. */
    long quietMs() {
        return 3 * hotMs();
    }

    /**
     * How long after its arrival a sample is certain to be in a chunk, if chunks are sealed at least once in
     * {@code passMs}.
     */
    public long sealedAfterMs(long passMs) {
        return 2 * futureMs + 2 * quietMs() + passMs;
    }

    /** The same limits with another retention, milliseconds and bytes of chunks. */
    public StoreLimits withRetention(long newRetentionMs, long newMaxChunkBytes) {
        return new StoreLimits(
                newRetentionMs, futureMs, outOfOrderMs, lookbackMs, staleFloorMs, maxSeries, newMaxChunkBytes);
    }
}
