package io.tocsin.collector.remotewrite;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;

/** What became of the elements of remote-write requests. */
@Singleton
final class RemoteWriteMetrics {

    private final Counter elements;

    RemoteWriteMetrics(PrometheusRegistry registry) {
        elements = Counter.builder()
                .name("tocsin_collector_remote_write_elements_total")
                .help("Samples, histograms and exemplars of remote-write requests: written, sent by the other one of a"
                        + " pair, rejected, or exemplars that came without a sample.")
                .labelNames("fate")
                .register(registry);
    }

    void taken(Written written, Written elsewhere, int rejected) {
        elements.labelValues("written").inc(written.total());
        elements.labelValues("deduplicated").inc(elsewhere.total());
        elements.labelValues("rejected").inc(rejected);
    }

    void ignored(int exemplars) {
        elements.labelValues("exemplar_without_sample").inc(exemplars);
    }
}
