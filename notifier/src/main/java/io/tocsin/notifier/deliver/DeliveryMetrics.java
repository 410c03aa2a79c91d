package io.tocsin.notifier.deliver;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Counts what became of deliveries. */
public final class DeliveryMetrics {

    private final Counter attempts;
    private final Histogram seconds;

    public DeliveryMetrics(PrometheusRegistry registry) {
        attempts = Counter.builder()
                .name("tocsin_notifier_delivery_attempts_total")
                .help("Tries to deliver a notice, by what came of them")
                .labelNames("receiver", "outcome")
                .register(registry);
        seconds = Histogram.builder()
                .name("tocsin_notifier_delivery_seconds")
                .help("From the decision to the receiver's acceptance")
                .classicUpperBounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600)
                .register(registry);
    }

    void delivered(String receiver, Duration sinceDecision) {
        attempts.labelValues(receiver, "delivered").inc();
        seconds.observe(sinceDecision.toNanos() / 1e9);
    }

    void failed(String receiver) {
        attempts.labelValues(receiver, "failed").inc();
    }

    void dead(String receiver) {
        attempts.labelValues(receiver, "dead").inc();
    }
}
