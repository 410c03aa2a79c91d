package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.RuleState;
import java.util.HashMap;
import java.util.Map;

/** The series in which Prometheus shows alerts: {@code ALERTS} and {@code ALERTS_FOR_STATE}. */
final class AlertSeries {

    private static final long MS = 1000;

    private AlertSeries() {}

    /** Of each alert that is not inactive, under which name it is recorded. */
    static String recordedAs(String rule) {
        return "ALERTS of " + rule;
    }

    /** The series of a rule's alerts and their values. */
    static Map<Labels, Double> of(RuleState state) {
        Map<Labels, Double> series = new HashMap<>();
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
                    1.0);
            series.put(
                    labels.toBuilder()
                            .set(Labels.METRIC_NAME, "ALERTS_FOR_STATE")
                            .build(),
                    (double) Math.floorDiv(alert.activeSinceMs(), MS));
        }
        return series;
    }
}
