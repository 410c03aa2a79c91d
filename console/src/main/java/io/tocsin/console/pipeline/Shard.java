package io.tocsin.console.pipeline;

import io.tocsin.console.incident.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How far a shard of the engine is.
 *
 * @param name such as "metrics/3"
 * @param tick logical time of its latest tick
 * @param delay mean seconds between a tick's logical time and its evaluation
 * @param series that it holds
 * @param targets that it knows
 * @param incomplete ticks without full evidence since its start
 * @param gaps in arrival time since its start
 */
public record Shard(String name, Instant tick, double delay, long series, long targets, long incomplete, long gaps) {

    private static final Duration FINE = Duration.ofSeconds(10);
    private static final Duration BAD = Duration.ofSeconds(60);
    private static final double MILLIS = 1000;

    /** The shards that an engine's meters tell of. */
    static List<Shard> of(Meters meters) {
        Map<String, Double> ticks = meters.by("tocsin_engine_tick_timestamp_seconds", "shard");
        Map<String, Double> delays = meters.means("tocsin_engine_tick_delay_seconds", "shard");
        Map<String, Double> series = meters.by("tocsin_engine_series", "shard");
        Map<String, Double> targets = meters.by("tocsin_engine_targets", "shard");
        Map<String, Double> incomplete = meters.by("tocsin_engine_incomplete_ticks_total", "shard");
        Map<String, Double> gaps = meters.by("tocsin_engine_gaps_total", "shard");
        return ticks.entrySet().stream()
                .map(tick -> new Shard(
                        tick.getKey(),
                        Instant.ofEpochMilli(Math.round(tick.getValue() * MILLIS)),
                        delays.getOrDefault(tick.getKey(), 0.0),
                        Math.round(series.getOrDefault(tick.getKey(), 0.0)),
                        Math.round(targets.getOrDefault(tick.getKey(), 0.0)),
                        Math.round(incomplete.getOrDefault(tick.getKey(), 0.0)),
                        Math.round(gaps.getOrDefault(tick.getKey(), 0.0))))
                .toList();
    }

    /** How a time that something is behind is coloured. */
    public static Tone tone(Instant tick, Instant now) {
        Duration behind = Duration.between(tick, now);
        if (behind.compareTo(FINE) < 0) {
            return Tone.GOOD;
        }
        return behind.compareTo(BAD) < 0 ? Tone.ASK : Tone.BAD;
    }
}
