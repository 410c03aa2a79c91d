package io.tocsin.rulesengine.detect.spike;

import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;

/**
 * Says of each value whether it is unlike everything its series has shown. Each {@link Aspect} has an {@link Envelope};
 * the score is the 3-norm of how far outside of each the value lies, so that what several aspects notice weighs more.
 * During an event nothing is learned; what stays is absorbed once. Constant time and memory per value, nothing random.
 */
public final class SpikeDetector {

    private static final Aspect[] ASPECTS = Aspect.values();
    private static final double NORM = 3;

    private static final double SLOW = 0.01;
    private static final double FAST = 0.03;
    private static final double DAY_MS = 24 * 3_600_000.0;
    private static final double CADENCE_WEIGHT = 0.02;

    /** A longer silence than so many cadences is a gap, and after this many the averages say nothing any more. */
    private static final double GAP = 5;

    private static final double BREAK = 100;

    /** An event is over after this many values in a row with less than half of what began it. */
    private static final int CALM = 20;

    private static final int ABSORBED_AFTER = 50;

    /** From this on an event is told again. */
    private static final double WORSE = 10;

    /** For how long the distances from a season are watched, once it is known, before one is unusual. */
    private static final double SETTLING_MS = DAY_MS * 2 / 3;

    private static final int MOST_SETTLING = 100_000;

    private static final double EVENT_COST = 0.1;
    private static final double EVENT_FORGOTTEN = Math.exp(-1 / 500.0);

    /** What is larger is no measurement, and its arithmetic would overflow. */
    private static final double LARGEST = 1e30;

    private final SpikePolicy policy;

    public SpikeDetector(SpikePolicy policy) {
        this.policy = policy;
    }

    /** The state afterwards, which is the one that was given, moved on, and what is said of the value. */
    public record Step(SpikeState state, SpikeVerdict verdict) {}

    /**
     * Takes the next value of a series.
     *
     * @param timeMs Unix milliseconds; a time that is not after the last one changes nothing
     * @param value NaN, or beyond 10^30, when there is none: nothing is concluded from it, nothing is learned
     */
    public Step step(SpikeState state, long timeMs, double value) {
        if (!(Math.abs(value) <= LARGEST) || timeMs <= state.lastMs) {
            return new Step(state, unknown(state));
        }
        boolean first = state.lastMs == Long.MIN_VALUE;
        double elapsedMs = first ? 0 : timeMs - state.lastMs;
        time(state, timeMs, elapsedMs);
        double seen = policy.kind() == Kind.COUNTER ? rate(state, value, elapsedMs) : value;
        return new Step(state, Double.isNaN(seen) ? unknown(state) : judged(state, timeMs, seen));
    }

    private static SpikeVerdict unknown(SpikeState state) {
        Phase phase = state.firing ? Phase.FIRING : state.levelCount == 0 ? Phase.LEARNING : Phase.NORMAL;
        return new SpikeVerdict(phase, Double.NaN, Double.NaN, Double.NaN, Double.NaN, "");
    }

    private static void time(SpikeState state, long timeMs, double elapsedMs) {
        state.firstMs = state.firstMs == Long.MIN_VALUE ? timeMs : state.firstMs;
        state.lastMs = timeMs;
        if (state.cadenceMs == 0) {
            state.cadenceMs = elapsedMs;
            return;
        }
        if (elapsedMs < GAP * state.cadenceMs) {
            state.cadenceMs += CADENCE_WEIGHT * (elapsedMs - state.cadenceMs);
        } else if (elapsedMs > BREAK * state.cadenceMs) {
            state.slowCount = 0;
            state.fastCount = 0;
        }
    }

    private static double rate(SpikeState state, double value, double elapsedMs) {
        double before = state.counter;
        state.counter = value;
        double increase = value >= before ? value - before : value;
        return Double.isNaN(before) ? Double.NaN : increase * 1000 / elapsedMs;
    }

    private SpikeVerdict judged(SpikeState state, long timeMs, double seen) {
        double distance = seen - state.level;
        state.fastCount = counted(state.fastCount, FAST);
        state.fast += Math.max(FAST, 1.0 / state.fastCount) * (seen - state.fast);
        Findings findings = new Findings(state, policy, timeMs, seen);
        for (Aspect aspect : ASPECTS) {
            findings.compare(aspect, base(state, aspect, timeMs));
        }
        state.events *= EVENT_FORGOTTEN;
        double score = findings.score(NORM) / (1 + EVENT_COST * state.events);
        boolean learning = timeMs - state.firstMs < policy.learnMs();
        Phase phase = state.firing
                ? during(state, timeMs, score, findings)
                : before(state, timeMs, score, findings, learning);
        learn(state, timeMs, distance, findings, phase);
        return findings.verdict(learning ? Phase.LEARNING : phase, score);
    }

    /** What an aspect measures its distance from; NaN while that is not known. */
    private double base(SpikeState state, Aspect aspect, long timeMs) {
        return switch (aspect) {
            case VALUE -> 0;
            case HOUR -> usual(state, Seasons.HOUR, state.hour, timeMs);
            case DAY -> usual(state, Seasons.DAY, state.day, timeMs);
            case WEEK -> usual(state, Seasons.WEEK, state.week, timeMs);
            case JUMP -> state.slowCount * SLOW < 1 ? Double.NaN : state.slow;
            case AVERAGE -> state.fastCount * FAST < 1 ? Double.NaN : 0;
        };
    }

    private double usual(SpikeState state, Seasons which, Season season, long timeMs) {
        boolean used = policy.seasons().mayBe(which) && season.mayExplain();
        return used ? state.level + season.usual(timeMs) : Double.NaN;
    }

    private static int counted(int count, double weight) {
        return (int) Math.min(count + 1, Math.ceil(1 / weight) + 1);
    }

    private Phase before(SpikeState state, long timeMs, double score, Findings findings, boolean learning) {
        if (learning || score < policy.margin() || !findings.changed()) {
            return Phase.NORMAL;
        }
        state.firing = true;
        state.firingSinceMs = timeMs;
        state.firingValues = 0;
        state.calmValues = 0;
        state.creeping = findings.mostlyAverage();
        state.peak = score;
        state.events++;
        return Phase.STARTED;
    }

    private Phase during(SpikeState state, long timeMs, double score, Findings findings) {
        double present = state.creeping ? score : findings.scoreOfValue(NORM);
        state.firingValues++;
        state.calmValues = present < policy.margin() / 2 ? state.calmValues + 1 : 0;
        if (state.calmValues >= CALM) {
            return Phase.RECOVERED;
        }
        if (state.firingValues >= ABSORBED_AFTER && timeMs - state.firingSinceMs >= policy.absorbMs()) {
            return Phase.BASELINE_CHANGED;
        }
        if (score > WORSE * state.peak) {
            state.peak = score;
            return Phase.WORSENED;
        }
        return Phase.FIRING;
    }

    private static void learn(SpikeState state, long timeMs, double distance, Findings findings, Phase phase) {
        if (phase.firing()) {
            findings.setAside();
            return;
        }
        if (phase == Phase.BASELINE_CHANGED || phase == Phase.RECOVERED) {
            end(state, phase == Phase.BASELINE_CHANGED);
        }
        findings.learn();
        double seen = findings.seen();
        state.slowCount = counted(state.slowCount, SLOW);
        state.slow += Math.max(SLOW, 1.0 / state.slowCount) * (seen - state.slow);
        double perDay = state.cadenceMs / DAY_MS;
        state.levelCount = counted(state.levelCount, Math.max(perDay, 1e-6));
        state.level += Math.min(1, Math.max(Math.min(0.5, perDay), 1.0 / state.levelCount)) * (seen - state.level);
        learn(state, Aspect.HOUR, state.hour, timeMs, distance);
        learn(state, Aspect.DAY, state.day, timeMs, distance);
        learn(state, Aspect.WEEK, state.week, timeMs, distance);
    }

    /** What was compared before the season was known says little of how far the series strays from it. */
    private static void learn(SpikeState state, Aspect aspect, Season season, long timeMs, double distance) {
        boolean known = season.explains();
        season.learn(timeMs, distance, state.cadenceMs);
        if (!known && season.explains()) {
            state.envelopes[aspect.index] =
                    Envelope.startingAgain((int) Math.min(SETTLING_MS / state.cadenceMs, MOST_SETTLING));
        }
    }

    private static void end(SpikeState state, boolean stays) {
        state.firing = false;
        if (stays) {
            state.level += state.fast - state.slow;
            state.slow = state.fast;
        } else if (!state.creeping) {
            state.fast = state.slow;
        }
        for (Envelope envelope : state.envelopes) {
            envelope.endExcursion(stays);
        }
    }
}
