package io.tocsin.notifier.reload;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;

/** What became of the configuration file's changes. */
public final class ReloadMetrics {

    private final Gauge successful;
    private final Gauge successTime;
    private final Counter reloads;

    public ReloadMetrics(PrometheusRegistry registry) {
        successful = Gauge.builder()
                .name("tocsin_notifier_config_last_reload_successful")
                .help("1 when the configuration in force is what the file says, 0 when the file was refused")
                .register(registry);
        successTime = Gauge.builder()
                .name("tocsin_notifier_config_last_reload_success_timestamp_seconds")
                .help("When a configuration was last put in force")
                .register(registry);
        reloads = Counter.builder()
                .name("tocsin_notifier_config_reloads_total")
                .help("Changes of the configuration file, by what became of them")
                .labelNames("outcome")
                .register(registry);
        reloads.initLabelValues("applied");
        reloads.initLabelValues("refused");
    }

    void inForce(Instant now) {
        successful.set(1);
        successTime.set(now.toEpochMilli() / 1_000.0);
    }

    void applied(Instant now) {
        reloads.labelValues("applied").inc();
        inForce(now);
    }

    void refused() {
        reloads.labelValues("refused").inc();
        successful.set(0);
    }
}
