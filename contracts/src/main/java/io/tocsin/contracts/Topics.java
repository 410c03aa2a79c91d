package io.tocsin.contracts;

import io.tocsin.contracts.Topic.Cleanup;
import io.tocsin.contracts.Topic.Partitioning;
import java.time.Duration;
import java.util.List;

/** Every topic of Tocsin. Topic names appear nowhere else in the code. */
public final class Topics {

    private static final Duration TELEMETRY_RETENTION = Duration.ofDays(8);
    private static final String OTLP_KEY = "target identity";

    public static final Topic METRICS = telemetry("otlp_metrics", "OTLP ExportMetricsServiceRequest, one resource");
    public static final Topic SPANS = telemetry("otlp_spans", "OTLP ExportTraceServiceRequest, one resource");
    public static final Topic LOGS = telemetry("otlp_logs", "OTLP ExportLogsServiceRequest, one resource");
    public static final Topic DOORS = new Topic(
            "tocsin.doors", "collector id", "Door", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(1), true);
    public static final Topic RULES = new Topic(
            "tocsin.rules", "version", "RuleSetVersion", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ZERO, false);
    public static final Topic ALERTS = byEnvironment("tocsin.alerts", "AlertEvent", Duration.ofDays(30));
    public static final Topic TOPOLOGY = byEnvironment("tocsin.topology", "TopologyRecord", Duration.ofDays(8));
    public static final Topic INCIDENTS = byEnvironment("tocsin.incidents", "IncidentSnapshot", Duration.ofDays(30));
    public static final Topic REMEDIATIONS =
            byEnvironment("tocsin.remediations", "RemediationEvent", Duration.ofDays(30));
    public static final Topic RECORDED = new Topic(
            "tocsin.recorded",
            OTLP_KEY,
            "OTLP ExportMetricsServiceRequest, recorded series",
            Partitioning.TELEMETRY,
            Cleanup.DELETE,
            Duration.ofDays(1),
            false);
    public static final Topic DEAD_LETTERS = new Topic(
            "tocsin.dead_letters", "-", "DeadLetter", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(7), false);

    /** All topics, in the order of the contract's table. */
    public static final List<Topic> ALL = List.of(
            METRICS, SPANS, LOGS, DOORS, RULES, ALERTS, TOPOLOGY, INCIDENTS, REMEDIATIONS, RECORDED, DEAD_LETTERS);

    private Topics() {}

    private static Topic telemetry(String name, String value) {
        return new Topic(name, OTLP_KEY, value, Partitioning.TELEMETRY, Cleanup.DELETE, TELEMETRY_RETENTION, true);
    }

    private static Topic byEnvironment(String name, String value, Duration retention) {
        return new Topic(name, "environment", value, Partitioning.ENVIRONMENT, Cleanup.DELETE, retention, false);
    }
}
