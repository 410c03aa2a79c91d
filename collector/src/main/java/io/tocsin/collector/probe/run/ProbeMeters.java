package io.tocsin.collector.probe.run;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;

/** What the prober counts of itself: every run ends in a result, or is skipped for a reason. */
@Singleton
final class ProbeMeters {

    private final Counter runs;
    private final Counter skipped;
    private final Counter lost;
    private final Counter discoveryFailures;
    private final Gauge targets;
    private final Gauge expected;
    private final Gauge unusable;
    private final Gauge fileValid;

    /** How a run ended. */
    enum Result {
        PASSED,
        FAILED,
        /** By a fault of the prober itself: nothing is said of the target. */
        BROKEN;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    ProbeMeters(PrometheusRegistry registry) {
        runs = counter(registry, "tocsin_collector_probe_runs_total", "Runs of probes, by result.", "result");
        skipped = counter(
                registry,
                "tocsin_collector_probe_runs_skipped_total",
                "Runs that were not begun: too many were under way.");
        lost = counter(
                registry, "tocsin_collector_probe_findings_lost_total", "Findings that Kafka did not acknowledge.");
        discoveryFailures = counter(
                registry,
                "tocsin_collector_discovery_failures_total",
                "Sources of targets that did not answer as they should; what they said before holds on.",
                "source");
        targets = gauge(registry, "tocsin_collector_probe_targets", "Targets that are probed.");
        expected = gauge(registry, "tocsin_collector_expected_targets", "Targets that should report by themselves.");
        unusable = gauge(registry, "tocsin_collector_unusable_targets", "Targets that were discovered in vain.");
        fileValid = gauge(
                registry, "tocsin_collector_probes_file_valid", "1 when probes.yaml is in force as it is written.");
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
        return Gauge.builder().name(name).help(help).register(registry);
    }

    void ran(Result result) {
        runs.labelValues(result.label()).inc();
    }

    void skipped() {
        skipped.inc();
    }

    void lost() {
        lost.inc();
    }

    void discoveryFailed(String source) {
        discoveryFailures.labelValues(source).inc();
    }

    void planned(int targetCount, int expectedCount, int unusableCount) {
        targets.set(targetCount);
        expected.set(expectedCount);
        unusable.set(unusableCount);
    }

    void fileValid(boolean valid) {
        fileValid.set(valid ? 1 : 0);
    }
}
