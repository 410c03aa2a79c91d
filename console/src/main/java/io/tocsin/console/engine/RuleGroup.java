package io.tocsin.console.engine;

import io.tocsin.console.incident.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of rules, as the engine's API shows it.
 *
 * @param name of the group
 * @param file that it stands in
 * @param interval between evaluations, seconds
 * @param evaluationTime of the latest evaluation, seconds
 * @param lastEvaluation when
 * @param rules in their order
 */
public record RuleGroup(
        String name, String file, double interval, double evaluationTime, Instant lastEvaluation, List<Rule> rules) {

    public RuleGroup(
            @Nullable String name,
            @Nullable String file,
            double interval,
            double evaluationTime,
            @Nullable Instant lastEvaluation,
            @Nullable List<Rule> rules) {
        this.name = name == null ? "" : name;
        this.file = file == null ? "" : file;
        this.interval = interval;
        this.evaluationTime = evaluationTime;
        this.lastEvaluation = lastEvaluation == null ? Instant.MIN : lastEvaluation;
        this.rules = rules == null ? List.of() : List.copyOf(rules);
    }

    /** The same with some of its rules. */
    public RuleGroup with(List<Rule> some) {
        return new RuleGroup(name, file, interval, evaluationTime, lastEvaluation, some);
    }

    /**
     * A rule.
     *
     * @param name of the alert, or of the recorded series
     * @param query its expression
     * @param type "alerting" or "recording"
     * @param state of an alerting rule: "firing", "pending" or "inactive"; empty otherwise
     * @param duration how long the condition must hold, seconds
     * @param health "ok", "err" or "unknown"
     * @param lastError of its latest evaluation; empty when that went well
     * @param evaluationTime of its latest evaluation, seconds
     * @param lastEvaluation when
     * @param labels that it adds
     * @param annotations as they are written
     * @param alerts its alerts
     */
    public record Rule(
            String name,
            String query,
            String type,
            String state,
            double duration,
            String health,
            String lastError,
            double evaluationTime,
            Instant lastEvaluation,
            Map<String, String> labels,
            Map<String, String> annotations,
            List<EngineAlert> alerts) {

        public Rule(
                @Nullable String name,
                @Nullable String query,
                @Nullable String type,
                @Nullable String state,
                double duration,
                @Nullable String health,
                @Nullable String lastError,
                double evaluationTime,
                @Nullable Instant lastEvaluation,
                @Nullable Map<String, String> labels,
                @Nullable Map<String, String> annotations,
                @Nullable List<EngineAlert> alerts) {
            this.name = name == null ? "" : name;
            this.query = query == null ? "" : query;
            this.type = type == null ? "" : type;
            this.state = state == null ? "" : state;
            this.duration = duration;
            this.health = health == null ? "unknown" : health;
            this.lastError = lastError == null ? "" : lastError;
            this.evaluationTime = evaluationTime;
            this.lastEvaluation = lastEvaluation == null ? Instant.MIN : lastEvaluation;
            this.labels = labels == null ? Map.of() : Map.copyOf(labels);
            this.annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
            this.alerts = alerts == null ? List.of() : List.copyOf(alerts);
        }

        /** Whether it raises alerts. */
        public boolean isAlerting() {
            return type.equals("alerting");
        }

        /** What it is like now, in one word. */
        public String word() {
            return switch (health) {
                case "err" -> "error";
                case "unknown" -> "not evaluated yet";
                default -> isAlerting() ? state : "recording";
            };
        }

        /** How that is coloured. */
        public Tone tone() {
            return switch (word()) {
                case "error", "firing" -> Tone.BAD;
                case "pending" -> Tone.BUSY;
                case "not evaluated yet" -> Tone.QUIET;
                default -> Tone.GOOD;
            };
        }

        /** Whether it was ever evaluated. */
        public boolean wasEvaluated() {
            // The year 1 is how the API says never.
            return lastEvaluation.isAfter(Instant.EPOCH);
        }
    }
}
