package io.tocsin.rulesengine.rules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When an alert's expression means trouble. */
public sealed interface Condition {

    /**
     * Whatever the expression returns is trouble.
     *
     * @param recover the alert stays until this holds too (hysteresis); null for none
     */
    record Threshold(@Nullable Expression recover) implements Condition {}

    /**
     * The value is unlike what was learned for the series.
     *
     * @param minChange the least relative change that counts, 0.2 for 20 %
     */
    record Spike(Direction direction, Sensitivity sensitivity, Season season, double minChange) implements Condition {
        public static final double DEFAULT_MIN_CHANGE = 0;

        public Spike {
            if (!(minChange >= 0) || Double.isInfinite(minChange)) {
                throw new IllegalArgumentException("min_change must not be negative: " + minChange);
            }
        }
    }

    /**
     * The series is missing or zero though it is expected.
     *
     * @param missingFor null if a missing series is no trouble
     * @param zeroFor null if a value of zero is no trouble
     * @param forgetAfter after which a missing series is expected no more
     */
    record Outage(@Nullable MissingFor missingFor, @Nullable Duration zeroFor, Duration forgetAfter)
            implements Condition {
        public static final Duration DEFAULT_FORGET_AFTER = Duration.ofHours(24);
        public static final MissingFor DEFAULT_MISSING_FOR = new MissingFor.Intervals(3);

        public Outage {
            if (missingFor == null && zeroFor == null) {
                throw new IllegalArgumentException("an outage needs missing_for or zero_for");
            }
        }
    }

    /** Which deviations count. */
    enum Direction {
        UP,
        DOWN,
        BOTH
    }

    /** How readily a spike is called one. */
    sealed interface Sensitivity {
        record Level(Grade grade) implements Sensitivity {}

        /** A budget of false alarms for the whole rule. */
        record Budget(int alarms, Duration per) implements Sensitivity {
            public Budget {
                if (alarms < 1 || per.isZero() || per.isNegative()) {
                    throw new IllegalArgumentException("a budget needs a count and a duration");
                }
            }
        }
    }

    /** The named sensitivities. */
    enum Grade {
        LOW,
        MEDIUM,
        HIGH
    }

    /** Which repeating pattern is learned. */
    sealed interface Season {
        record Auto() implements Season {}

        record None() implements Season {}

        record Period(Duration length) implements Season {}
    }

    /** How long a series must be missing. */
    sealed interface MissingFor {
        /** In intervals of the series' learned cadence. */
        record Intervals(int count) implements MissingFor {
            public Intervals {
                if (count < 1) {
                    throw new IllegalArgumentException("at least one interval: " + count);
                }
            }
        }

        record Time(Duration duration) implements MissingFor {}
    }
}
