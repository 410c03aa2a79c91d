package io.tocsin.collector.probe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * When runs are due. Each key has its own phase within the interval, the same after a restart, so that targets are spread; each
 * run moves by up to a twentieth of the interval, so that probers do not fall into step with what they look at.
 */
public final class Schedule {

    private static final int JITTER_PART = 20;

    private Schedule() {}

    /**
     * The first run after a time.
     *
     * @param key names what is scheduled
     * @param every at least a millisecond
     */
    public static Instant next(String key, Duration every, Instant after) {
        long interval = every.toMillis();
        long phase = hash(key) % interval;
        long slot = Math.floorDiv(after.toEpochMilli() - phase, interval);
        Instant due = due(key, interval, phase, slot);
        return due.isAfter(after) ? due : due(key, interval, phase, slot + 1);
    }

    private static Instant due(String key, long interval, long phase, long slot) {
        long jitter = interval < JITTER_PART ? 0 : hash(key + '#' + slot) % (interval / JITTER_PART);
        return Instant.ofEpochMilli(phase + slot * interval + jitter);
    }

    private static long hash(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
