package io.tocsin.benchmarks.promql;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Six hours of samples, one each 15 s, as a store would hand them out: timestamps are shared, values are not. Selection by
 * metric name is by index; other matchers are tried on each series.
 */
final class Telemetry implements SeriesSource {
    static final long STEP_MS = 15_000;
    static final int SAMPLES = 6 * 3600 / 15 + 1;
    static final long START_MS = 1_700_000_010_000L;
    static final long END_MS = START_MS + (SAMPLES - 1) * STEP_MS;

    /** How many series share a job, and how many buckets a classic histogram has. */
    private static final int PER_JOB = 100;

    private static final String[] BOUNDS = {"0.005", "0.01", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf"};

    private final String name;
    private final List<SeriesSlice> slices;
    private final List<SeriesSlice> info;

    private Telemetry(String name, List<SeriesSlice> slices, List<SeriesSlice> info) {
        this.name = name;
        this.slices = slices;
        this.info = info;
    }

    int series() {
        return slices.size();
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        for (LabelMatcher matcher : matchers) {
            if (matcher.name().equals(Labels.METRIC_NAME)) {
                return matcher.value().equals(name) ? slices : info;
            }
        }
        throw new IllegalArgumentException("a benchmark selects by metric name");
    }

    private static long[] times() {
        long[] times = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            times[i] = START_MS + i * STEP_MS;
        }
        return times;
    }

    private static Labels labels(String name, int i, String... more) {
        String[] pairs = new String[8 + more.length];
        pairs[0] = Labels.METRIC_NAME;
        pairs[1] = name;
        pairs[2] = "job";
        pairs[3] = "job-" + i / PER_JOB;
        pairs[4] = "instance";
        pairs[5] = "10.0." + i / 250 + "." + i % 250 + ":9090";
        pairs[6] = "code";
        pairs[7] = i % 7 == 0 ? "500" : "200";
        System.arraycopy(more, 0, pairs, 8, more.length);
        return Labels.of(pairs);
    }

    /** Counters named {@code x_total} that reset now and then, and an {@code info} series for each. */
    static Telemetry counters(int series) {
        long[] times = times();
        List<SeriesSlice> slices = new ArrayList<>(series);
        List<SeriesSlice> info = new ArrayList<>(series);
        SplittableRandom random = new SplittableRandom(42);
        double[] ones = new double[SAMPLES];
        java.util.Arrays.fill(ones, 1);
        for (int i = 0; i < series; i++) {
            slices.add(SeriesSlice.of(labels("x_total", i), times, counter(random, 20)));
            Labels target = labels("info", i, "zone", "zone-" + i % 3).drop(List.of("code"));
            info.add(SeriesSlice.of(target, times, ones));
        }
        return new Telemetry("x_total", slices, info);
    }

    private static double[] counter(SplittableRandom random, int rate) {
        double[] values = new double[SAMPLES];
        double value = 0;
        for (int t = 0; t < SAMPLES; t++) {
            value = random.nextInt(2000) == 0 ? 0 : value + random.nextInt(rate);
            values[t] = value;
        }
        return values;
    }

    /** Classic histograms of ten buckets each, named {@code h_bucket}; {@code series} counts buckets. */
    static Telemetry classicHistograms(int series) {
        long[] times = times();
        List<SeriesSlice> slices = new ArrayList<>(series);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < series / BOUNDS.length; i++) {
            double[] below = new double[SAMPLES];
            for (String bound : BOUNDS) {
                double[] values = counter(random, 4);
                for (int t = 0; t < SAMPLES; t++) {
                    values[t] += below[t];
                }
                slices.add(SeriesSlice.of(labels("h_bucket", i, "le", bound), times, values));
                below = values;
            }
        }
        return new Telemetry("h_bucket", slices, List.of());
    }

    /** Native histograms named {@code nh} with twenty buckets. */
    static Telemetry nativeHistograms(int series) {
        long[] times = times();
        List<SeriesSlice> slices = new ArrayList<>(series);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < series; i++) {
            @Nullable FloatHistogram[] histograms = new @Nullable FloatHistogram[SAMPLES];
            double[] counts = new double[20];
            for (int t = 0; t < SAMPLES; t++) {
                double all = 0;
                for (int b = 0; b < counts.length; b++) {
                    counts[b] += random.nextInt(3);
                    all += counts[b];
                }
                histograms[t] = FloatHistogram.builder(3)
                        .count(all)
                        .sum(all / 4)
                        .positive(-10, counts)
                        .build();
            }
            slices.add(new SeriesSlice(labels("nh", i), times, new double[SAMPLES], histograms, null, 0, SAMPLES));
        }
        return new Telemetry("nh", slices, List.of());
    }
}
