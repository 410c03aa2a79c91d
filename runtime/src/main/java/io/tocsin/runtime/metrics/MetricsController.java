package io.tocsin.runtime.metrics;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** {@code /metrics} of one module. */
@Controller("/metrics")
final class MetricsController {

    private final PrometheusRegistry registry;

    MetricsController(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Get
    @Produces(PrometheusTextFormatWriter.CONTENT_TYPE)
    byte[] metrics() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(text, registry.scrape());
        return text.toByteArray();
    }
}
