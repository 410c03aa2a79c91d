package io.tocsin.rulesengine.query;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.evaluate.EngineView.AlertView;
import io.tocsin.rulesengine.evaluate.EngineView.GroupView;
import io.tocsin.rulesengine.evaluate.EngineView.Health;
import io.tocsin.rulesengine.evaluate.EngineView.RuleView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Groups, rules and alerts with Prometheus' names. Prometheus knows three states: what people should be looking at is
 * "firing" there, and {@code tocsinState} tells which kind of it.
 */
final class RuleJson {

    private static final double MILLIS = 1000.0;
    /** How Go prints a time that never was. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private RuleJson() {}

    static Map<String, Object> group(GroupView group, List<RuleView> rules, boolean withAlerts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", group.name());
        json.put("file", group.file());
        json.put("rules", rules.stream().map(rule -> rule(rule, withAlerts)).toList());
        json.put("interval", group.intervalMs() / MILLIS);
        json.put("limit", group.limit());
        json.put("evaluationTime", group.seconds());
        json.put("lastEvaluation", time(group.lastEvaluationMs()));
        return json;
    }

    private static Map<String, Object> rule(RuleView rule, boolean withAlerts) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (rule.alerting()) {
            json.put("state", state(rule.alerts()));
        }
        json.put("name", rule.name());
        json.put("query", rule.query());
        if (rule.alerting()) {
            json.put("duration", rule.forMs() / MILLIS);
            json.put("keepFiringFor", rule.keepFiringForMs() / MILLIS);
        }
        if (rule.alerting() || !rule.labels().isEmpty()) {
            json.put("labels", rule.labels());
        }
        if (rule.alerting()) {
            json.put("annotations", rule.annotations());
            json.put("alerts", withAlerts ? alerts(rule) : List.of());
        }
        json.put("health", health(rule.health()));
        if (!rule.lastError().isEmpty()) {
            json.put("lastError", rule.lastError());
        }
        json.put("evaluationTime", rule.seconds());
        json.put("lastEvaluation", time(rule.lastEvaluationMs()));
        json.put("type", rule.alerting() ? "alerting" : "recording");
        return json;
    }

    private static List<Map<String, Object>> alerts(RuleView rule) {
        return rule.alerts().stream().map(alert -> alert(alert, rule)).toList();
    }

    /** An alert of a rule; without annotations of its own it shows the rule's, as they are written. */
    static Map<String, Object> alert(AlertView alert, RuleView rule) {
        return alert(alert, alert.annotations().isEmpty() ? rule.annotations() : alert.annotations());
    }

    /** An alert of the engine about itself. */
    static Map<String, Object> alert(AlertView alert) {
        return alert(alert, alert.annotations());
    }

    private static Map<String, Object> alert(AlertView alert, Map<String, String> annotations) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labels", alert.labels());
        json.put("annotations", annotations);
        json.put("state", state(alert.state()));
        json.put("activeAt", time(alert.activeSinceMs()));
        json.put("value", Json.exponent(alert.value()));
        json.put("tocsinState", alert.state().name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static String state(List<AlertView> alerts) {
        boolean firing = alerts.stream().anyMatch(alert -> alert.state().active());
        boolean pending = alerts.stream().anyMatch(alert -> alert.state() == AlertState.PENDING);
        return firing ? "firing" : pending ? "pending" : "inactive";
    }

    private static String state(AlertState state) {
        return switch (state) {
            case INACTIVE -> "inactive";
            case PENDING -> "pending";
            case FIRING, RECOVERING, NO_DATA, ERROR -> "firing";
        };
    }

    private static String health(Health health) {
        return switch (health) {
            case OK -> "ok";
            case ERROR -> "err";
            case UNKNOWN -> "unknown";
        };
    }

    private static String time(long ms) {
        return ms == 0 ? NEVER : Instant.ofEpochMilli(ms).toString();
    }
}
