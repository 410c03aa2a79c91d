package io.tocsin.rulesengine.detect.spike;

import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;

/** One value in each regard: how far outside it is, and which regard says most. */
final class Findings {

    private static final Aspect[] ASPECTS = Aspect.values();

    private final SpikeState state;
    private final SpikePolicy policy;
    private final double seen;
    private final double usual;
    private final double[] bases = new double[ASPECTS.length];
    private final double[] shown = new double[bases.length];
    private final double[] outside = new double[bases.length];

    Findings(SpikeState state, SpikePolicy policy, long timeMs, double seen) {
        this.state = state;
        this.policy = policy;
        this.seen = seen;
        double atThisTime = policy.seasons().mayBe(Seasons.DAY) && state.day.explains()
                ? state.level + state.day.usual(timeMs)
                : Double.NaN;
        this.usual = Double.isNaN(atThisTime) ? state.slow : atThisTime;
    }

    double seen() {
        return seen;
    }

    /** @param base what the aspect measures from; NaN where it says nothing */
    void compare(Aspect aspect, double base) {
        int i = aspect.index;
        bases[i] = base;
        shown[i] = aspect == Aspect.AVERAGE ? state.fast : seen;
        Envelope envelope = state.envelope(aspect);
        if (Double.isNaN(base) || !envelope.settled()) {
            return;
        }
        double distance = shown[i] - base;
        double above = policy.direction() == Direction.DOWN ? 0 : envelope.above(distance);
        double below = policy.direction() == Direction.UP ? 0 : envelope.below(distance);
        outside[i] = aspect.weight * Math.max(0, Math.max(above, below));
    }

    /** The norm of all that is outside. */
    double score(double norm) {
        return norm(norm, outside.length);
    }

    /** The same without the average, which remembers an event after it is over. */
    double scoreOfValue(double norm) {
        return norm(norm, Aspect.AVERAGE.index);
    }

    boolean mostlyAverage() {
        return strongest() == Aspect.AVERAGE;
    }

    private double norm(double norm, int aspects) {
        double sum = 0;
        for (int i = 0; i < aspects; i++) {
            if (outside[i] > 0) {
                sum += Math.pow(outside[i], norm);
            }
        }
        return sum == 0 ? 0 : Math.pow(sum, 1 / norm);
    }

    /** Whether it differs from the usual value by as much as the policy asks for. */
    boolean changed() {
        double change = Math.abs((mostlyAverage() ? state.fast : seen) - usual);
        return change >= policy.minChange() && change >= policy.minChangeRatio() * Math.abs(usual);
    }

    void learn() {
        for (int i = 0; i < bases.length; i++) {
            if (!Double.isNaN(bases[i])) {
                state.envelopes[i].learn(shown[i] - bases[i]);
            }
        }
    }

    void setAside() {
        for (int i = 0; i < bases.length; i++) {
            if (!Double.isNaN(bases[i])) {
                state.envelopes[i].setAside(shown[i] - bases[i]);
            }
        }
    }

    private Aspect strongest() {
        Aspect most = Aspect.VALUE;
        for (Aspect aspect : ASPECTS) {
            most = outside[aspect.index] > outside[most.index] ? aspect : most;
        }
        return most;
    }

    SpikeVerdict verdict(Phase phase, double score) {
        Aspect aspect = strongest();
        int i = aspect.index;
        double low = bases[i] + state.envelopes[i].low();
        double high = bases[i] + state.envelopes[i].high();
        if (policy.kind() == Kind.RATIO) {
            low = Math.max(0, low);
            high = Math.min(1, high);
        }
        return new SpikeVerdict(phase, score, shown[i], low, high, aspect.words);
    }
}
