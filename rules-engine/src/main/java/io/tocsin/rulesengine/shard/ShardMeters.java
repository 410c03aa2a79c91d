package io.tocsin.rulesengine.shard;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.spans.SpanStep;
import io.tocsin.rulesengine.store.Fates;
import io.tocsin.rulesengine.store.SampleStore;
import java.time.Clock;
import java.util.Locale;

/** What the shards of this instance tell operators about themselves. */
public final class ShardMeters {

    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Histogram tickDelay;
    private final Gauge watermark;
    private final Gauge series;
    private final Gauge targets;
    private final Gauge storedSamples;
    private final Gauge storedBytes;
    private final Gauge retention;
    private final Counter samples;
    private final Counter pointsDropped;
    private final Counter spans;
    private final Counter deadLetters;
    private final Counter incompleteTicks;
    private final Counter gaps;
    private final Counter backwardSteps;
    private final Gauge restore;

    public ShardMeters(PrometheusRegistry registry, Clock clock) {
        this.clock = clock;
        tickDelay = Histogram.builder()
                .name("tocsin_engine_tick_delay_seconds")
                .help("Time from a tick's logical time until the shard evaluated it")
                .labelNames("shard")
                .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300)
                .classicOnly()
                .register(registry);
        watermark = gauge(registry, "tocsin_engine_tick_timestamp_seconds", "Logical time of the shard's last tick");
        series = gauge(registry, "tocsin_engine_series", "Series in the shard's store");
        targets = gauge(registry, "tocsin_engine_targets", "Targets that the shard knows");
        storedSamples = gauge(registry, "tocsin_engine_stored_samples", "Samples in the shard's store");
        storedBytes =
                gauge(registry, "tocsin_engine_stored_bytes", "Memory that the samples of the shard's store take");
        retention = gauge(registry, "tocsin_engine_retention_seconds", "How far back the shard's store keeps samples");
        restore = gauge(registry, "tocsin_engine_restore_seconds", "Time that it took to rebuild the shard's store");
        samples = counter(registry, "tocsin_engine_samples", "Samples by what became of them", "fate");
        pointsDropped = counter(registry, "tocsin_engine_points_dropped", "OTLP points that gave no sample", "reason");
        spans = counter(registry, "tocsin_engine_spans", "Spans by what became of them", "fate");
        deadLetters = counter(registry, "tocsin_engine_dead_letters", "Records that could not be processed", "reason");
        incompleteTicks = counter(registry, "tocsin_engine_incomplete_ticks", "Ticks without full evidence", "shard");
        gaps = counter(registry, "tocsin_engine_gaps", "Gaps in arrival time", "shard");
        backwardSteps = counter(
                registry,
                "tocsin_engine_backward_clock_steps",
                "Records that arrived before their predecessor",
                "shard");
    }

    private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
        return Gauge.builder().name(name).help(help).labelNames("shard").register(registry);
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help, String label) {
        return Counter.builder().name(name).help(help).labelNames(label).register(registry);
    }

    void ticked(String shard, long tickMs, boolean complete) {
        tickDelay.labelValues(shard).observe(Math.max(0, clock.millis() - tickMs) / MILLIS);
        watermark.labelValues(shard).set(tickMs / MILLIS);
        if (!complete) {
            incompleteTicks.labelValues(shard).inc();
        }
    }

    void sizes(String shard, int seriesCount, int targetCount, SampleStore.Size size) {
        storedSamples.labelValues(shard).set((double) size.samples());
        storedBytes.labelValues(shard).set((double) size.bytes());
        series.labelValues(shard).set(seriesCount);
        targets.labelValues(shard).set(targetCount);
    }

    void retention(String shard, long retentionMs) {
        retention.labelValues(shard).set(retentionMs / MILLIS);
    }

    void samples(Fates fates) {
        fates.counts()
                .forEach((fate, count) -> samples.labelValues(fate.name().toLowerCase(Locale.ROOT))
                        .inc(count));
    }

    void spans(SpanStep step) {
        spans.labelValues("counted").inc(step.counted() - step.overflowed());
        spans.labelValues("overflowed").inc(step.overflowed());
        spans.labelValues("malformed").inc(step.malformed());
    }

    void pointsDropped(String reason, int count) {
        pointsDropped.labelValues(reason.toLowerCase(Locale.ROOT)).inc(count);
    }

    void deadLetter(PoisonException.Reason reason) {
        deadLetters.labelValues(reason.name().toLowerCase(Locale.ROOT)).inc();
    }

    void gap(String shard) {
        gaps.labelValues(shard).inc();
    }

    void backwardStep(String shard) {
        backwardSteps.labelValues(shard).inc();
    }

    void restored(String shard, long startedMs) {
        restore.labelValues(shard).set((clock.millis() - startedMs) / MILLIS);
    }

    long now() {
        return clock.millis();
    }
}
