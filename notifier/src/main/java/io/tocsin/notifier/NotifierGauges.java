package io.tocsin.notifier;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.notifier.store.Notices;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Numbers that are read from the database when they are asked for. */
final class NotifierGauges {

    private NotifierGauges() {}

    static void register(PrometheusRegistry registry, Jdbi jdbi) {
        GaugeWithCallback.builder()
                .name("tocsin_notifier_notices_pending")
                .help("Notices that wait for delivery; absent while the database is away")
                .callback(callback -> {
                    try {
                        callback.call(jdbi.withHandle(handle -> Notices.pending(handle)));
                    } catch (JdbiException e) {
                        // Absent is the truth here; the database's absence shows in readiness.
                        return;
                    }
                })
                .register(registry);
    }
}
