package io.tocsin.standalone.forward;

import io.tocsin.collector.remotewrite.wire.Label;
import io.tocsin.collector.remotewrite.wire.Sample;
import io.tocsin.collector.remotewrite.wire.TimeSeries;
import io.tocsin.collector.remotewrite.wire.WriteRequest;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.otlp.SampleSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples in the order in which they came, as requests of a bounded size. */
final class SeriesBatch implements SampleSink {

    private static final int MOST_SAMPLES = 2_000;

    private final List<WriteRequest> full = new ArrayList<>();
    private Map<Labels, TimeSeries.Builder> open = new LinkedHashMap<>();
    private int samples;

    @Override
    public void add(Labels labels, long timestampMs, double value, long startMs) {
        series(labels).addSamples(Sample.newBuilder().setTimestamp(timestampMs).setValue(value));
        counted();
    }

    @Override
    public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
        series(labels).addHistograms(NativeHistograms.of(value, timestampMs));
        counted();
    }

    private TimeSeries.Builder series(Labels labels) {
        return open.computeIfAbsent(labels, SeriesBatch::begun);
    }

    private static TimeSeries.Builder begun(Labels labels) {
        TimeSeries.Builder series = TimeSeries.newBuilder();
        labels.forEach((name, value) ->
                series.addLabels(Label.newBuilder().setName(name).setValue(value)));
        return series;
    }

    private void counted() {
        samples++;
        if (samples == MOST_SAMPLES) {
            close();
        }
    }

    private void close() {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        open.values().forEach(request::addTimeseries);
        full.add(request.build());
        open = new LinkedHashMap<>();
        samples = 0;
    }

    /** All that was added, at most 2,000 samples in each. */
    List<WriteRequest> requests() {
        if (samples > 0) {
            close();
        }
        return List.copyOf(full);
    }
}
