package io.tocsin.rulesengine.evaluate.stage;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.evaluate.Outcome;
import java.time.Clock;
import java.util.Locale;

/** What evaluation tells operators about itself. No result depends on it. */
public final class EvaluateMeters {

    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Histogram delay;
    private final Gauge tick;
    private final Counter transitions;
    private final Counter incomplete;

    public EvaluateMeters(PrometheusRegistry registry, Clock clock) {
        this.clock = clock;
        this.delay = Histogram.builder()
                .name("tocsin_engine_evaluation_delay_seconds")
                .help("Time from a tick's logical time until its rules were evaluated")
                .labelNames("partition")
                .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300)
                .classicOnly()
                .register(registry);
        this.tick = Gauge.builder()
                .name("tocsin_engine_evaluated_timestamp_seconds")
                .help("Logical time of the newest tick whose rules were evaluated")
                .labelNames("partition")
                .register(registry);
        this.transitions = Counter.builder()
                .name("tocsin_engine_transitions")
                .help("Changes of state of alerts, by reason")
                .labelNames("reason")
                .register(registry);
        this.incomplete = Counter.builder()
                .name("tocsin_engine_incomplete_evaluations")
                .help("Ticks that were evaluated without full evidence")
                .labelNames("partition")
                .register(registry);
    }

    void evaluated(int partition, Outcome outcome) {
        String name = Integer.toString(partition);
        delay.labelValues(name).observe(Math.max(0, clock.millis() - outcome.tickMs()) / MILLIS);
        tick.labelValues(name).set(outcome.tickMs() / MILLIS);
        if (!outcome.complete()) {
            incomplete.labelValues(name).inc();
        }
        outcome.notices()
                .forEach(notice -> transitions
                        .labelValues(notice.transition().reason().name().toLowerCase(Locale.ROOT))
                        .inc());
    }
}
