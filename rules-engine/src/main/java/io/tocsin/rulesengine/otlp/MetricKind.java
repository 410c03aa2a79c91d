package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.metrics.v1.Metric;

/** What kind of metric OTLP sent, as far as names and types depend on it. */
public enum MetricKind {
    GAUGE("gauge"),
    MONOTONIC_COUNTER("counter"),
    /** A sum that also falls. */
    NON_MONOTONIC_COUNTER("gauge"),
    HISTOGRAM("histogram"),
    EXPONENTIAL_HISTOGRAM("histogram"),
    SUMMARY("summary"),
    UNKNOWN("unknown");

    private final String prometheusType;

    MetricKind(String prometheusType) {
        this.prometheusType = prometheusType;
    }

    /** The type as Prometheus' metadata names it. */
    public String prometheusType() {
        return prometheusType;
    }

    static MetricKind of(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> GAUGE;
            case SUM -> metric.getSum().getIsMonotonic() ? MONOTONIC_COUNTER : NON_MONOTONIC_COUNTER;
            case HISTOGRAM -> HISTOGRAM;
            case EXPONENTIAL_HISTOGRAM -> EXPONENTIAL_HISTOGRAM;
            case SUMMARY -> SUMMARY;
            case DATA_NOT_SET -> UNKNOWN;
        };
    }
}
