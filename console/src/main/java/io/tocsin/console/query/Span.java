package io.tocsin.console.query;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A time to look at.
 *
 * @param from beginning
 * @param until end
 * @param step between points
 */
public record Span(Instant from, Instant until, Duration step) {

    /** Lengths by key. */
    public static final SequencedMap<String, Duration> LENGTHS = new LinkedHashMap<>();

    static {
        LENGTHS.put("5m", Duration.ofMinutes(5));
        LENGTHS.put("15m", Duration.ofMinutes(15));
        LENGTHS.put("1h", Duration.ofHours(1));
        LENGTHS.put("3h", Duration.ofHours(3));
        LENGTHS.put("6h", Duration.ofHours(6));
        LENGTHS.put("1d", Duration.ofDays(1));
    }

    static final String USUAL = "1h";
    private static final int POINTS = 240;

    /** The span of a length that ends at a time, in as many points as a plot can show. */
    static Span ending(Instant until, Duration length) {
        Duration step = Duration.ofSeconds(Math.max(1, length.toSeconds() / POINTS));
        // On whole steps: a plot that is drawn again a moment later has the same points.
        long end = until.getEpochSecond() / step.toSeconds() * step.toSeconds();
        return new Span(Instant.ofEpochSecond(end).minus(length), Instant.ofEpochSecond(end), step);
    }

    /** The key of the shortest length that is not shorter than this, or else of the longest. */
    public static String showing(Duration length) {
        return LENGTHS.entrySet().stream()
                .filter(one -> one.getValue().compareTo(length) >= 0)
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> LENGTHS.lastEntry().getKey());
    }

    /** The length of a key; the usual one where there is none of that key. */
    static Duration length(String key) {
        return LENGTHS.getOrDefault(key, Duration.ofHours(1));
    }
}
