package io.tocsin.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class RegistryProducerTest {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RegistryProducer producer =
            new RegistryProducer(registry, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

    @Test
    void countersGaugesAndHistogramsKeepTheirValuesLabelsAndBuckets() {
        Counter.builder()
                .name("tocsin_x_total")
                .labelNames("reason")
                .register(registry)
                .labelValues("late")
                .inc(3);
        Gauge.builder().name("tocsin_y").register(registry).set(0.5);
        Histogram seconds = Histogram.builder()
                .name("tocsin_z_seconds")
                .classicUpperBounds(0.1, 1)
                .register(registry);
        seconds.observe(0.05);
        seconds.observe(5);

        assertThat(named("tocsin_x").getDoubleSumData().isMonotonic()).isTrue();
        assertThat(named("tocsin_x").getDoubleSumData().getPoints())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getValue()).isEqualTo(3);
                    assertThat(point.getAttributes().get(AttributeKey.stringKey("reason")))
                            .isEqualTo("late");
                });
        assertThat(named("tocsin_y").getDoubleGaugeData().getPoints())
                .singleElement()
                .satisfies(point -> assertThat(point.getValue()).isEqualTo(0.5));
        assertThat(named("tocsin_z_seconds").getHistogramData().getPoints())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getBoundaries()).containsExactly(0.1, 1.0);
                    assertThat(point.getCounts()).containsExactly(1L, 0L, 1L);
                    assertThat(point.getSum()).isEqualTo(5.05);
                });
    }

    @Test
    void whatIsNotTocsinsStaysAtMetrics() {
        Gauge.builder().name("jvm_buffer_pool_used_bytes").register(registry).set(1);
        assertThat(producer.produce(Resource.empty())).isEmpty();
    }

    private MetricData named(String name) {
        Collection<MetricData> all = producer.produce(Resource.empty());
        return all.stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + all));
    }
}
