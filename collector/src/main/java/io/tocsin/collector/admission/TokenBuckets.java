package io.tocsin.collector.admission;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket per client. A request larger than what is left is let through when the bucket is full, and then paid back: else
 * one larger than the bucket could never pass. Times are System.nanoTime values.
 */
final class TokenBuckets {

    static final int MOST_CLIENTS = 10_000;
    private static final double NANOS = 1e9;
    // Whoever comes when the table is full shares one bucket.
    private static final String OTHERS = "";

    private final double perSecond;
    private final double capacity;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(double tokens, long at, double missing) {}

    TokenBuckets(long perSecond, long burst) {
        this.perSecond = perSecond;
        this.capacity = Math.max(perSecond, burst);
    }

    /** Takes {@code cost} tokens: nothing when they were there, else the time until they are. */
    Optional<Duration> take(String client, int cost, long now) {
        if (perSecond == 0) {
            return Optional.empty();
        }
        Bucket after = buckets.compute(slot(client, now), (key, before) -> next(before, cost, now));
        return after.missing() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) (after.missing() / perSecond * NANOS)));
    }

    private Bucket next(@Nullable Bucket before, int cost, long now) {
        double tokens = before == null ? capacity : refilled(before, now);
        double needed = Math.min(cost, capacity);
        return tokens >= needed ? new Bucket(tokens - cost, now, 0) : new Bucket(tokens, now, needed - tokens);
    }

    private double refilled(Bucket bucket, long now) {
        return Math.min(capacity, bucket.tokens() + perSecond * Math.max(0, now - bucket.at()) / NANOS);
    }

    private String slot(String client, long now) {
        if (buckets.size() >= MOST_CLIENTS && !buckets.containsKey(client)) {
            buckets.values().removeIf(bucket -> refilled(bucket, now) >= capacity);
            if (buckets.size() >= MOST_CLIENTS) {
                return OTHERS;
            }
        }
        return client;
    }

    int clients() {
        return buckets.size();
    }
}
