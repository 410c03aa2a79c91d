package io.tocsin.notifier.intake;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what came of the records of tocsin.incidents. */
public final class IntakeMetrics {

    private final Counter records;
    private final Counter failures;

    public IntakeMetrics(PrometheusRegistry registry) {
        records = Counter.builder()
                .name("tocsin_notifier_incident_records_total")
                .help("Incident snapshots, by what came of them")
                .labelNames("outcome")
                .register(registry);
        failures = Counter.builder()
                .name("tocsin_notifier_intake_failures_total")
                .help("Batches that were rolled back and are tried again, by cause")
                .labelNames("reason")
                .register(registry);
    }

    void accepted() {
        records.labelValues("accepted").inc();
    }

    void outdated() {
        records.labelValues("outdated").inc();
    }

    void dead() {
        records.labelValues("dead_letter").inc();
    }

    void failed(String reason) {
        failures.labelValues(reason).inc();
    }
}
