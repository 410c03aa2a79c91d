package io.tocsin.collector.remotewrite;

/** How many elements of a request are written. */
record Written(int samples, int histograms, int exemplars) {

    static final Written NOTHING = new Written(0, 0, 0);

    /** Everything in a series. */
    static Written of(Series series) {
        return new Written(
                series.samples().size(),
                series.histograms().size(),
                series.exemplars().size());
    }

    Written plus(Written other) {
        return new Written(samples + other.samples, histograms + other.histograms, exemplars + other.exemplars);
    }

    /** Without so many points, samples first. */
    Written without(int points) {
        int ofSamples = Math.min(points, samples);
        return new Written(samples - ofSamples, Math.max(0, histograms - (points - ofSamples)), exemplars);
    }

    int total() {
        return samples + histograms + exemplars;
    }
}
