package io.tocsin.rulesengine.detect;

/** Learns how often a series is there, and says when it is missing for longer than its rule allows. */
public record OutageDetector(OutagePolicy policy) {

    /** How fast the learned cadence comes down to what is seen: the weight of one more interval. */
    private static final double WEIGHT = 0.02;

    /** How long a series that is not expected yet is remembered, so that a slow one can be learned at all. */
    private static final int UNEXPECTED_KEPT_INTERVALS = 10;

    /** What the detector says of a series. */
    public enum Verdict {
        /** It is there, or not yet expected, or not long enough away. */
        FINE,
        /** It is missing, or says zero for too long. */
        OUTAGE,
        /** It was an outage, and it cannot be said that it is over. */
        UNDECIDED,
        /** It is no longer expected. */
        FORGOTTEN
    }

    /** The expectation afterwards, and the verdict. */
    public record Detection(Expectation state, Verdict verdict) {}

    /** What is known of a series that nothing was known of. */
    public Expectation first(long tickMs) {
        return Expectation.fresh(tickMs, policy.intervalMs());
    }

    /** The series is in the result of this evaluation. */
    public Detection present(Expectation state, double value, long tickMs) {
        Expectation back = state.absentSinceMs() == 0 ? state : returned(state, tickMs);
        boolean zero = value == 0;
        long zeroSince = !zero || !back.nonZero() ? 0 : back.zeroSinceMs() == 0 ? tickMs : back.zeroSinceMs();
        boolean silent = policy.zeroForMs() > 0 && zeroSince > 0 && tickMs - zeroSince >= policy.zeroForMs();
        Expectation next = new Expectation(
                Math.min(Expectation.EXPECTED_AFTER, back.sightings() + 1),
                back.presentSinceMs(),
                back.cadenceMs(),
                0,
                0,
                0,
                back.nonZero() || !zero,
                zeroSince,
                silent,
                back.firstSeenMs(),
                back.successor());
        return new Detection(next, silent ? Verdict.OUTAGE : Verdict.FINE);
    }

    /**
     * The series is not in the result of this evaluation, and all data is there.
     *
     * @param targetCadenceMs the learned cadence of the targets behind it that are silent; 0 when not known
     */
    public Detection absent(Expectation state, long targetCadenceMs, long tickMs) {
        Expectation away = state.absentSinceMs() == 0 ? left(state, tickMs) : state;
        long cadence = Math.max(away.cadenceMs(), targetCadenceMs);
        long absent = absentMs(away, cadence, tickMs);
        if (absent == 0) {
            away = startedAnew(away, tickMs);
        }
        if (away.absentSinceMs() > 0 && tickMs - away.absentSinceMs() >= keptMs(away)) {
            return new Detection(away, Verdict.FORGOTTEN);
        }
        boolean watched = away.expected() && policy.watchesAbsence();
        boolean missing = away.missing() || (watched && absent >= policy.toleratedMs(cadence));
        Expectation next = counted(away, tickMs, absent, missing);
        if (!watched) {
            return unknown(next);
        }
        return new Detection(next, missing ? Verdict.OUTAGE : Verdict.FINE);
    }

    private long keptMs(Expectation away) {
        return away.expected()
                ? policy.forgetAfterMs()
                : Math.min(policy.forgetAfterMs(), UNEXPECTED_KEPT_INTERVALS * policy.intervalMs());
    }

    /** The series is not in the result of this evaluation, but data may be missing: no conclusion, no memory. */
    public Detection unknown(Expectation state) {
        return new Detection(state, state.missing() ? Verdict.UNDECIDED : Verdict.FINE);
    }

    /** Time without complete data is not absence; after more of it than one cadence the count starts anew. */
    private long absentMs(Expectation away, long cadence, long tickMs) {
        if (away.countedAtMs() == 0) {
            return policy.intervalMs();
        }
        long gap = tickMs - away.countedAtMs();
        boolean blind = gap > Math.max(cadence, 2 * policy.intervalMs());
        return blind ? 0 : away.absentMs() + Math.min(gap, policy.intervalMs());
    }

    private static Expectation counted(Expectation state, long tickMs, long absent, boolean missing) {
        long since = state.absentSinceMs() == 0 ? tickMs : state.absentSinceMs();
        return new Expectation(
                state.sightings(),
                state.presentSinceMs(),
                state.cadenceMs(),
                since,
                tickMs,
                absent,
                state.nonZero(),
                state.zeroSinceMs(),
                missing,
                state.firstSeenMs(),
                state.successor());
    }

    /** A run of presence ends: it taught the cadence as often as it had intervals. */
    private Expectation left(Expectation state, long tickMs) {
        long interval = policy.intervalMs();
        long steps = Math.max(0, (tickMs - state.presentSinceMs()) / interval - 1);
        double above = (double) (state.cadenceMs() - interval) * StrictMath.pow(1 - WEIGHT, (double) steps);
        return learned(state, interval + Math.round(above), state.presentSinceMs());
    }

    /**
     * It is back: a gap that was no outage is part of its cadence. Up at once and down slowly, for what takes a while to
     * learn pages people meanwhile.
     */
    private Expectation returned(Expectation state, long tickMs) {
        long gap = tickMs - state.absentSinceMs() + policy.intervalMs();
        long cadence = state.missing() || state.absentMs() == 0 ? state.cadenceMs() : Math.max(state.cadenceMs(), gap);
        return learned(state, cadence, tickMs);
    }

    /** Time of which nothing is known is neither absence nor a reason to forget. */
    private static Expectation startedAnew(Expectation state, long tickMs) {
        return new Expectation(
                state.sightings(),
                state.presentSinceMs(),
                state.cadenceMs(),
                tickMs,
                state.countedAtMs(),
                0,
                state.nonZero(),
                state.zeroSinceMs(),
                state.missing(),
                state.firstSeenMs(),
                state.successor());
    }

    private static Expectation learned(Expectation state, long cadence, long presentSince) {
        return new Expectation(
                state.sightings(),
                presentSince,
                cadence,
                state.absentSinceMs(),
                state.countedAtMs(),
                state.absentMs(),
                state.nonZero(),
                state.zeroSinceMs(),
                state.missing(),
                state.firstSeenMs(),
                state.successor());
    }
}
