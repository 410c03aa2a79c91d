package io.tocsin.rulesengine.query;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.store.SampleStore;
import java.util.List;

/** Puts samples into stores as if they had arrived when they were taken. */
final class Fill {

    private Fill() {}

    static void add(SampleStore store, Labels labels, long timeMs, double value) {
        store.take(List.of(new SampleStore.Incoming(labels, timeMs, value, null, 0)), timeMs);
    }

    static void add(SampleStore store, Labels labels, long timeMs, FloatHistogram histogram) {
        store.take(List.of(new SampleStore.Incoming(labels, timeMs, 0, histogram, 0)), timeMs);
    }
}
