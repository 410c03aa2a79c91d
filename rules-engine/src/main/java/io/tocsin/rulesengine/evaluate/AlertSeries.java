package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.RuleState;
import java.util.HashMap;
import java.util.Map;

/** The series in which Prometheus shows alerts: {@code ALERTS} and {@code ALERTS_FOR_STATE}. */
final class AlertSeries {

    private static final String PREFIX = "ALERTS of ";
    private static final long MS = 1000;

    private AlertSeries() {}

    /** Of each alert that is not inactive, under which name it is recorded. */
    static String recordedAs(String rule) {
        return PREFIX + rule;
    }

    /** The rule behind a name that something is recorded under. */
    static String ruleOf(String recordedAs) {
        return recordedAs.startsWith(PREFIX) ? recordedAs.substring(PREFIX.length()) : recordedAs;
    }

    /** The series of a rule's alerts and their values. */
    static Map<Labels, Recorded> of(RuleState state) {
        Map<Labels, Recorded> series = new HashMap<>();
        for (AlertInstance alert : state.instances().values()) {
            if (alert.state() == AlertState.INACTIVE) {
                continue;
            }
            Labels labels = Labels.of(alert.labels());
            String shown = alert.state() == AlertState.PENDING ? "pending" : "firing";
            series.put(
                    labels.toBuilder()
                            .set(Labels.METRIC_NAME, "ALERTS")
                            .set("alertstate", shown)
                            .build(),
                    Recorded.of(1));
            series.put(
                    labels.toBuilder()
                            .set(Labels.METRIC_NAME, "ALERTS_FOR_STATE")
                            .build(),
                    Recorded.of((double) Math.floorDiv(alert.activeSinceMs(), MS)));
        }
        return series;
    }
}
