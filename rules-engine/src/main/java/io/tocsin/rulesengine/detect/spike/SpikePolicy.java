package io.tocsin.rulesengine.detect.spike;

/**
 * When a value is worth telling. One policy holds for all series of a rule.
 *
 * @param margin how far outside of what is expected a value must be, in widths of what the series has shown; see
 *     {@link Sensitivity}
 * @param direction which way it must leave it
 * @param minChange how much it must differ from its usual value, in its own unit; 0 for any
 * @param minChangeRatio the same as a share of the usual value; 0 for any
 * @param kind what the values are
 * @param seasons which repeating patterns are looked for
 * @param learnMs for how long a new series is only observed, milliseconds
 * @param absorbMs after how long an event is what is normal from now on, milliseconds; never before 50 values
 */
public record SpikePolicy(
        double margin,
        Direction direction,
        double minChange,
        double minChangeRatio,
        Kind kind,
        Seasons seasons,
        long learnMs,
        long absorbMs) {

    private static final long HOUR_MS = 3_600_000;

    public SpikePolicy {
        if (!(margin > 0) || !(minChange >= 0) || !(minChangeRatio >= 0)) {
            throw new IllegalArgumentException("a margin is above 0, a least change not below");
        }
        if (learnMs < 0 || absorbMs <= 0) {
            throw new IllegalArgumentException("durations are not negative, and nothing is absorbed at once");
        }
    }

    /** What holds where a rule says only how sensitive it is: gauges, both directions, observed for 24 h first. */
    public static SpikePolicy of(double margin) {
        return new SpikePolicy(margin, Direction.BOTH, 0, 0, Kind.GAUGE, Seasons.AUTO, 24 * HOUR_MS, 4 * HOUR_MS);
    }

    public SpikePolicy direction(Direction other) {
        return new SpikePolicy(margin, other, minChange, minChangeRatio, kind, seasons, learnMs, absorbMs);
    }

    public SpikePolicy minChange(double absolute, double ratio) {
        return new SpikePolicy(margin, direction, absolute, ratio, kind, seasons, learnMs, absorbMs);
    }

    public SpikePolicy kind(Kind other) {
        return new SpikePolicy(margin, direction, minChange, minChangeRatio, other, seasons, learnMs, absorbMs);
    }

    public SpikePolicy learnMs(long other) {
        return new SpikePolicy(margin, direction, minChange, minChangeRatio, kind, seasons, other, absorbMs);
    }

    public SpikePolicy seasons(Seasons other) {
        return new SpikePolicy(margin, direction, minChange, minChangeRatio, kind, other, learnMs, absorbMs);
    }
}
