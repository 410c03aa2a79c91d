package io.tocsin.collector.remotewrite;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import io.tocsin.collector.remotewrite.wire.Histogram;
import io.tocsin.collector.remotewrite.wire.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Series as OTLP: one resource per target, each metric by its own name, each series a point with its own labels. */
public final class Translation {

    /** A symbol or a span is small on the wire and large in OTLP: what comes out is bounded too. */
    private static final int MOST_GROWTH = 4;
    // Times are nanoseconds in OTLP; beyond this they do not fit.
    private static final long LATEST_MS = Long.MAX_VALUE / 1_000_000;
    private static final int BYTES_PER_POINT = 32;
    private static final int BYTES_PER_BUCKET = 2;

    private final Limits limits;
    private final long budget;
    private final Problems problems;
    private final Map<Target, TargetMetrics> targets = new LinkedHashMap<>();
    private Written written = Written.NOTHING;
    private long spent;
    private int ignoredExemplars;

    /** @param mostBytes largest request that is taken */
    public Translation(Limits limits, int mostBytes, Problems problems) {
        this.limits = limits;
        this.budget = (long) MOST_GROWTH * mostBytes;
        this.problems = problems;
    }

    /** Whether a series has a job and an instance, and which; no label and an empty one are the same. */
    record Target(String job, String instance) {}

    /**
     * Adds a series, or says what is wrong with it.
     *
     * @throws Refusal TOO_LARGE when the request becomes too large in OTLP
     */
    public void add(Series series) {
        if (series.samples().isEmpty() && series.histograms().isEmpty()) {
            // OTLP knows exemplars of points only.
            ignoredExemplars += series.exemplars().size();
            return;
        }
        Optional<String> problem = Labels.problem(series.labels(), limits.maxAttributes(), limits.maxAttributeBytes());
        if (problem.isPresent()) {
            problems.add(Written.of(series).total(), problem.get());
            return;
        }
        spend(series);
        Target target = new Target(Labels.value(series.labels(), "job"), Labels.value(series.labels(), "instance"));
        TargetMetrics metrics = targets.computeIfAbsent(target, TargetMetrics::new);
        written = written.plus(metrics.add(usable(series), problems));
    }

    private void spend(Series series) {
        long labelBytes = 0;
        for (Series.Label label : series.labels()) {
            labelBytes += label.name().length() + label.value().length();
        }
        for (Series.Exemplar exemplar : series.exemplars()) {
            for (Series.Label label : exemplar.labels()) {
                spent += label.name().length() + label.value().length();
            }
        }
        spent += (labelBytes + BYTES_PER_POINT)
                * (series.samples().size() + series.histograms().size());
        for (Histogram histogram : series.histograms()) {
            spent += (long) BYTES_PER_BUCKET * NativeHistogram.cost(histogram);
        }
        if (spent > budget) {
            throw new Refusal(
                    Refusal.Reason.TOO_LARGE, "the request is larger than " + budget + " bytes when it is spelled out");
        }
    }

    /** The series without what lies in no time. */
    private Series usable(Series series) {
        List<Sample> samples =
                series.samples().stream().filter(s -> timed(s.getTimestamp())).toList();
        List<Histogram> histograms = series.histograms().stream()
                .filter(h -> timed(h.getTimestamp()))
                .toList();
        int timeless =
                series.samples().size() - samples.size() + series.histograms().size() - histograms.size();
        if (timeless > 0) {
            problems.add(
                    timeless, "a timestamp before 1970 or after 2262 in " + Labels.value(series.labels(), Labels.NAME));
        }
        return new Series(series.labels(), samples, histograms, series.exemplars(), series.family());
    }

    private static boolean timed(long timestampMs) {
        return timestampMs > 0 && timestampMs <= LATEST_MS;
    }

    /** How much of what was added is in the request. */
    Written written() {
        return written;
    }

    /** Exemplars that came without a sample to stand at. */
    int ignoredExemplars() {
        return ignoredExemplars;
    }

    /** All that was added. */
    public ExportMetricsServiceRequest request() {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (TargetMetrics target : targets.values()) {
            target.build().ifPresent(request::addResourceMetrics);
        }
        return request.build();
    }
}
