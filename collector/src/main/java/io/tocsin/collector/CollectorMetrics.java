package io.tocsin.collector;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.otlp.Rejections;
import io.tocsin.collector.otlp.Signal;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What the collector counts: every request is either acknowledged or refused with a reason. */
@Singleton
public final class CollectorMetrics {

    private final Counter acknowledged;
    private final Counter records;
    private final Counter refused;
    private final Counter rejected;
    private final Histogram seconds;

    CollectorMetrics(PrometheusRegistry registry, Admission admission) {
        acknowledged = Counter.builder()
                .name("tocsin_collector_requests_acknowledged_total")
                .help("Requests answered with success, after Kafka had all acknowledgements.")
                .labelNames("signal")
                .register(registry);
        records = Counter.builder()
                .name("tocsin_collector_records_published_total")
                .help("Kafka records acknowledged: one per target and request.")
                .labelNames("signal")
                .register(registry);
        refused = Counter.builder()
                .name("tocsin_collector_requests_refused_total")
                .help("Requests that were not taken, by reason.")
                .labelNames("signal", "reason")
                .register(registry);
        rejected = Counter.builder()
                .name("tocsin_collector_data_rejected_total")
                .help("Data points, spans and log records that were not taken out of acknowledged requests, by reason.")
                .labelNames("signal", "reason")
                .register(registry);
        seconds = Histogram.builder()
                .name("tocsin_collector_acknowledgement_seconds")
                .help("Time from the whole request to its acknowledgement by Kafka.")
                .labelNames("signal")
                .register(registry);
        GaugeWithCallback.builder()
                .name("tocsin_collector_in_flight_bytes")
                .help("Bytes that wait for Kafka's acknowledgement.")
                .callback(callback -> callback.call((double) admission.inFlightBytes()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tocsin_collector_request_limit")
                .help("How many requests may wait for Kafka's acknowledgement; follows its latency.")
                .callback(callback -> callback.call((double) admission.requestLimit()))
                .register(registry);
    }

    /** A request was acknowledged after {@code nanos}. */
    public void acknowledged(Signal signal, int recordCount, long nanos) {
        acknowledged.labelValues(label(signal)).inc();
        records.labelValues(label(signal)).inc(recordCount);
        seconds.labelValues(label(signal)).observe(nanos / 1e9);
    }

    /** Data of an acknowledged request were not taken. */
    public void rejected(Signal signal, Rejections.Reason reason, int count) {
        rejected.labelValues(label(signal), reason.name().toLowerCase(Locale.ROOT))
                .inc(count);
    }

    /** A request was refused. */
    public void refused(Signal signal, Refusal.Reason reason) {
        refused(label(signal), reason);
    }

    /** A request that is not of any signal was refused. */
    public void refusedUnknown(Refusal.Reason reason) {
        refused("unknown", reason);
    }

    private void refused(String signal, Refusal.Reason reason) {
        refused.labelValues(signal, reason.name().toLowerCase(Locale.ROOT)).inc();
    }

    private static String label(Signal signal) {
        return signal.name().toLowerCase(Locale.ROOT);
    }
}
