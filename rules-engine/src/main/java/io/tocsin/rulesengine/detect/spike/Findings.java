package io.tocsin.rulesengine.detect.spike;

import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;

/** One value in each regard: how far outside it is, and which regard says most. */
final class Findings {

    private final SpikeState state;
    private final SpikePolicy policy;
    private final double seen;
    private final double usual;
    private final double[] bases = new double[Aspect.values().length];
    private final double[] shown = new double[bases.length];
    private final double[] outside = new double[bases.length];

    Findings(SpikeState state, SpikePolicy policy, long timeMs, double seen) {
        this.state = state;
        this.policy = policy;
        this.seen = seen;
        double atThisTime = state.day.explains() ? state.level + state.day.usual(timeMs) : Double.NaN;
        this.usual = Double.isNaN(atThisTime) ? state.slow : atThisTime;
    }

    double seen() {
        return seen;
    }

    /** @param base what the aspect measures from; NaN where it says nothing */
    void compare(Aspect aspect, double base) {
        int i = aspect.ordinal();
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

    double score(double norm) {
        double sum = 0;
        for (double part : outside) {
            if (part > 0) {
                sum += Math.pow(part, norm);
            }
        }
        return sum == 0 ? 0 : Math.pow(sum, 1 / norm);
    }

    /** Whether it differs from the usual value by as much as the policy asks for. */
    boolean changed() {
        double change = Math.abs((strongest() == Aspect.AVERAGE ? state.fast : seen) - usual);
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
        int most = 0;
        for (int i = 1; i < outside.length; i++) {
            most = outside[i] > outside[most] ? i : most;
        }
        return Aspect.values()[most];
    }

    SpikeVerdict verdict(Phase phase, double score) {
        Aspect aspect = strongest();
        int i = aspect.ordinal();
        double low = bases[i] + state.envelopes[i].low();
        double high = bases[i] + state.envelopes[i].high();
        if (policy.kind() == Kind.RATIO) {
            low = Math.max(0, low);
            high = Math.min(1, high);
        }
        return new SpikeVerdict(phase, score, shown[i], low, high, aspect.words);
    }
}
