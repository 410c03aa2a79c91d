package io.tocsin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.collector.probe.Verdict.Reason;
import io.tocsin.collector.probe.file.ProbeFileReader;
import io.tocsin.contracts.TargetIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProbeMetricsTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static ProbeTarget target() {
        ProbeFile file = ProbeFileReader.read("probes.yaml", """
                        probes:
                          - name: shop-web
                            service: storefront
                            environment: production
                            http: {}
                            targets: [{address: 'http://shop/', labels: {team: blue}}]
                        """, Map.of()).file();
        return Plan.of(file, Map.of()).targets().getFirst();
    }

    private static Map<String, String> labels(List<KeyValue> attributes) {
        Map<String, String> labels = new TreeMap<>();
        attributes.forEach(each -> labels.put(each.getKey(), each.getValue().getStringValue()));
        return labels;
    }

    /** As {@code name{labels} value}, without the labels that all have. */
    private static List<String> points(ResourceMetrics metrics) {
        return metrics.getScopeMetrics(0).getMetricsList().stream()
                .flatMap(
                        metric -> metric.getGauge().getDataPointsList().stream().map(point -> text(metric, point)))
                .toList();
    }

    private static String text(Metric metric, NumberDataPoint point) {
        Map<String, String> own = labels(point.getAttributesList());
        own.keySet().removeAll(List.of("prober", "service_name", "team"));
        return metric.getName() + (own.isEmpty() ? "" : own) + " " + point.getAsDouble();
    }

    @Test
    void aTargetIsAResourceOfItsOwn() {
        Outcome outcome = new Outcome(Verdict.pass(), List.of());
        ResourceMetrics metrics = ProbeMetrics.of(target(), "eu-west", outcome, Duration.ofMillis(250), AT);
        assertThat(TargetIdentity.of(metrics.getResource())).isEqualTo(new TargetIdentity("shop-web", "http://shop/"));
        assertThat(labels(metrics.getResource().getAttributesList()))
                .containsEntry("deployment.environment.name", "production");
        assertThat(metrics.getScopeMetrics(0).getMetricsList()).allSatisfy(metric -> {
            assertThat(metric.getUnit()).isEmpty();
            assertThat(metric.getGauge().getDataPointsList()).allSatisfy(point -> {
                assertThat(labels(point.getAttributesList()))
                        .isEqualTo(Map.of("prober", "eu-west", "service_name", "storefront", "team", "blue"));
                assertThat(point.getTimeUnixNano()).isEqualTo(AT.getEpochSecond() * 1_000_000_000L);
            });
        });
        assertThat(points(metrics))
                .containsExactly("probe_success 1.0", "probe_duration_seconds 0.25", "probe_timeout_seconds 10.0");
    }

    @Test
    void anAnswerOverHttpHasTheNamesOfTheBlackboxExporter() {
        Seen.Http seen = JudgementTest.http(200, "fine", JudgementTest.tls(AT.plusSeconds(60)));
        Outcome outcome = new Outcome(Verdict.pass(), Findings.of(seen, Verdict.pass()));
        assertThat(points(ProbeMetrics.of(target(), "a", outcome, Duration.ZERO, AT)))
                .contains(
                        "probe_dns_lookup_time_seconds 0.001",
                        "probe_ip_protocol 4.0",
                        "probe_http_duration_seconds{phase=resolve} 0.0",
                        "probe_http_duration_seconds{phase=connect} 0.002",
                        "probe_http_duration_seconds{phase=tls} 0.0",
                        "probe_http_duration_seconds{phase=processing} 0.0",
                        "probe_http_duration_seconds{phase=transfer} 0.0",
                        "probe_http_status_code 200.0",
                        "probe_http_version 1.1",
                        "probe_http_content_length 4.0",
                        "probe_http_uncompressed_body_length 4.0",
                        "probe_http_redirects 0.0",
                        "probe_http_ssl 1.0",
                        "probe_failed_due_to_regex 0.0",
                        "probe_ssl_earliest_cert_expiry "
                                + (double) AT.plusSeconds(60).getEpochSecond(),
                        "probe_tls_version_info{version=TLS 1.3} 1.0");
    }

    @Test
    void aFailureSaysItsReason() {
        Verdict verdict = Verdict.failed(Reason.BODY, "the body does not match fine");
        Seen.Http seen = JudgementTest.http(200, "", Optional.empty());
        Outcome outcome = new Outcome(verdict, Findings.of(seen, verdict));
        assertThat(points(ProbeMetrics.of(target(), "a", outcome, Duration.ZERO, AT)))
                .contains("probe_success 0.0", "probe_failed_due_to_regex 1.0", "probe_failure_info{reason=body} 1.0");
    }

    @Test
    void expectedTargetsAreOneResourceWhateverTheirNumber() {
        ResourceMetrics metrics = ProbeMetrics.ofExpected(
                List.of(Map.of("service_name", "checkout", "by", "service"), Map.of("host_name", "db1", "by", "host")),
                "eu-west",
                AT);
        assertThat(points(metrics)).hasSize(2).allMatch(text -> text.startsWith("tocsin_expected_target{"));
        assertThat(labels(metrics.getScopeMetrics(0)
                        .getMetrics(0)
                        .getGauge()
                        .getDataPoints(0)
                        .getAttributesList()))
                .isEqualTo(Map.of("service_name", "checkout", "by", "service", "prober", "eu-west"));
    }
}
