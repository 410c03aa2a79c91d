package io.tocsin.collector.remotewrite;

import io.tocsin.collector.remotewrite.wire.Histogram;
import io.tocsin.collector.remotewrite.wire.Sample;
import java.util.List;

/**
 * One series of a request, whichever version brought it.
 *
 * @param labels its labels as they were sent
 * @param family what is known of its metric family
 */
public record Series(
        List<Label> labels, List<Sample> samples, List<Histogram> histograms, List<Exemplar> exemplars, Family family) {

    public Series {
        labels = List.copyOf(labels);
        samples = List.copyOf(samples);
        histograms = List.copyOf(histograms);
        exemplars = List.copyOf(exemplars);
    }

    /** A label. */
    public record Label(String name, String value) {}

    /**
     * An example of what a sample counts.
     *
     * @param timestampMs milliseconds since the epoch
     */
    public record Exemplar(List<Label> labels, double value, long timestampMs) {
        public Exemplar {
            labels = List.copyOf(labels);
        }
    }
}
