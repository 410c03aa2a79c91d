package io.tocsin.collector.remotewrite;

import io.tocsin.collector.remotewrite.wire.MetricType;

/** What a sender says of a metric family; an unspecified type and empty texts when it says nothing. */
record Family(MetricType type, String help, String unit) {

    static final Family UNKNOWN = new Family(MetricType.METRIC_TYPE_UNSPECIFIED, "", "");

    /** Whether a float series of the family only grows, but for resets. */
    boolean isCumulative(String name) {
        return switch (type) {
            case METRIC_TYPE_COUNTER, METRIC_TYPE_HISTOGRAM -> true;
            case METRIC_TYPE_SUMMARY -> name.endsWith("_count") || name.endsWith("_sum");
            case METRIC_TYPE_GAUGE,
                    METRIC_TYPE_GAUGEHISTOGRAM,
                    METRIC_TYPE_INFO,
                    METRIC_TYPE_STATESET,
                    METRIC_TYPE_UNSPECIFIED,
                    UNRECOGNIZED -> false;
        };
    }
}
