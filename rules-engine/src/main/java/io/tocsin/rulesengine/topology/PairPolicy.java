package io.tocsin.rulesengine.topology;

/**
 * Bounds of pairing. Durations are milliseconds of stream time.
 *
 * @param windowMs length of the windows that calls are counted in
 * @param expiryMs how long one side waits for the other
 * @param maxWaiting how many sides wait at most; the oldest give way
 * @param maxPeers how many addresses are remembered with the service behind them; the least used give way
 */
public record PairPolicy(long windowMs, long expiryMs, int maxWaiting, int maxPeers) {

    public static final PairPolicy DEFAULT = new PairPolicy(5_000, 10_000, 100_000, 10_000);

    public PairPolicy {
        if (windowMs <= 0 || expiryMs <= 0 || maxWaiting <= 0 || maxPeers <= 0) {
            throw new IllegalArgumentException("bounds of pairing are more than 0");
        }
    }
}
