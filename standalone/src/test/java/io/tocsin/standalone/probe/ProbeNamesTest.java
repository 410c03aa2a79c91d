package io.tocsin.standalone.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Gauge;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Plan;
import io.tocsin.collector.probe.ProbeMetrics;
import io.tocsin.collector.probe.ProbeTarget;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.file.ProbeFileReader;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.otlp.DeltaTotals;
import io.tocsin.rulesengine.otlp.MetricTranslation;
import io.tocsin.rulesengine.otlp.OtlpOptions;
import io.tocsin.rulesengine.otlp.SampleSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the prober sends has in the engine the very names that it was given, those of the blackbox exporter. */
class ProbeNamesTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Seen.Reached REACHED = new Seen.Reached(Duration.ofMillis(1), 4);
    private static final Optional<Seen.Tls> TLS =
            Optional.of(new Seen.Tls("TLS 1.3", "TLS_AES_128_GCM_SHA256", AT, new Seen.Leaf("a", "b", "c", "d", "e")));
    private static final Seen.Http HTTP =
            new Seen.Http(REACHED, 200, 2, Map.of(), "", 0, 0, 0, Map.of(), TLS, Optional.of(AT));

    private static final List<Seen> EVERYTHING = List.of(
            HTTP,
            new Seen.Tcp(REACHED, TLS),
            new Seen.Dns(REACHED, Duration.ZERO, "NOERROR", List.of("a"), 1, 1, Optional.of(7L)),
            new Seen.Grpc(REACHED, Duration.ZERO, 0, "SERVING", TLS),
            new Seen.Icmp(REACHED, Duration.ZERO, Optional.of(64)),
            new Seen.Journey(List.of(new Seen.Step("login", true, Duration.ZERO, HTTP))));

    private static ProbeTarget target() {
        String text = "probes: [{name: shop-web, service: shop, http: {}, targets: ['https://shop/']}]";
        return Plan.of(ProbeFileReader.read("p", text, Map.of()).file(), Map.of())
                .targets()
                .getFirst();
    }

    private static List<Labels> translated(ResourceMetrics metrics) {
        List<Labels> series = new ArrayList<>();
        new MetricTranslation(OtlpOptions.DEFAULT).translate(metrics, DeltaTotals.inMemory(), new SampleSink() {
            @Override
            public void add(Labels labels, long timestampMs, double value, long startMs) {
                series.add(labels);
            }

            @Override
            public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
                throw new AssertionError("a prober sends no histograms");
            }
        });
        return series;
    }

    @Test
    void namesStayAsTheyAre() {
        List<Gauge> gauges = EVERYTHING.stream()
                .flatMap(seen -> Findings.of(seen, Verdict.pass()).stream())
                .toList();
        Set<String> expected = Stream.concat(
                        gauges.stream().map(Gauge::name),
                        Stream.of("probe_success", "probe_duration_seconds", "probe_timeout_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
        List<Labels> series = translated(
                ProbeMetrics.of(target(), "eu-west", new Outcome(Verdict.pass(), gauges), Duration.ofSeconds(1), AT));
        Set<String> names =
                series.stream().map(labels -> labels.get("__name__")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).isEqualTo(expected).hasSizeGreaterThan(30);
        assertThat(series).allSatisfy(labels -> {
            assertThat(labels.get("job")).isEqualTo("shop-web");
            assertThat(labels.get("instance")).isEqualTo("https://shop/");
            assertThat(labels.get("service_name")).isEqualTo("shop");
            assertThat(labels.get("prober")).isEqualTo("eu-west");
        });
    }

    @Test
    void anExpectedTargetHasTheLabelsOfItsOwnTelemetry() {
        List<Labels> series = translated(
                ProbeMetrics.ofExpected(List.of(Map.of("service_name", "checkout", "by", "service")), "eu-west", AT));
        assertThat(series).singleElement().satisfies(labels -> {
            assertThat(labels.get("__name__")).isEqualTo("tocsin_expected_target");
            assertThat(labels.get("service_name")).isEqualTo("checkout");
            assertThat(labels.get("by")).isEqualTo("service");
        });
    }
}
