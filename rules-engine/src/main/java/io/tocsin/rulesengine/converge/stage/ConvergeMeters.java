package io.tocsin.rulesengine.converge.stage;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.converge.Snapshot;
import java.time.Clock;
import java.util.Locale;

/** What convergence tells operators about itself. No result depends on it. */
public final class ConvergeMeters {

    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Histogram delay;
    private final Counter snapshots;
    private final Counter deadLetters;

    public ConvergeMeters(PrometheusRegistry registry, Clock clock) {
        this.clock = clock;
        this.delay = Histogram.builder()
                .name("tocsin_engine_convergence_delay_seconds")
                .help("Time from a tick's logical time until its alerts were incidents")
                .labelNames("partition")
                .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300)
                .classicOnly()
                .register(registry);
        this.snapshots = Counter.builder()
                .name("tocsin_engine_incident_snapshots")
                .help("Snapshots of incidents, by the incident's status")
                .labelNames("status")
                .register(registry);
        this.deadLetters = Counter.builder()
                .name("tocsin_engine_convergence_dead_letters")
                .help("Alerts, edges and repairs that could not be read")
                .labelNames("reason")
                .register(registry);
    }

    void converged(int partition, long tickMs) {
        delay.labelValues(Integer.toString(partition)).observe(Math.max(0, clock.millis() - tickMs) / MILLIS);
    }

    void told(Snapshot snapshot) {
        snapshots.labelValues(snapshot.status().name().toLowerCase(Locale.ROOT)).inc();
    }

    void deadLetter(UnreadableException.Reason reason) {
        deadLetters.labelValues(reason.name().toLowerCase(Locale.ROOT)).inc();
    }
}
