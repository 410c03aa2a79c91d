package io.tocsin.console.engine;

import io.tocsin.console.remote.Answer;
import io.tocsin.console.remote.Answer.Declined;
import io.tocsin.console.remote.Answer.Known;
import io.tocsin.console.remote.Remote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the rules engine: Prometheus' HTTP API and what Tocsin adds to it. */
public final class EngineClient {

    private static final double MILLIS = 1000.0;

    private final Remote engine;
    private final JsonMapper json = JsonMapper.builder()
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Does not ask yet. */
    public EngineClient(Remote engine) {
        this.engine = engine;
    }

    /** Alerts that are pending or active now. */
    public Answer<List<EngineAlert>> alerts() {
        return engine.get("/api/v1/alerts", "/data/alerts", new TypeReference<>() {});
    }

    /** The rules in force. */
    public Answer<List<RuleGroup>> rules() {
        return engine.get("/api/v1/rules", "/data/groups", new TypeReference<>() {});
    }

    /** An expression at a time. */
    public Answer<QueryAnswer> query(String expr, Instant at, int limit) {
        return engine.get(
                        "/api/v1/query?query=" + Remote.encoded(expr) + "&time=" + seconds(at) + "&limit=" + limit,
                        "",
                        new TypeReference<JsonNode>() {})
                .map(QueryAnswer::of);
    }

    /** An expression over a range. */
    public Answer<QueryAnswer> range(String expr, Instant from, Instant until, Duration step, int limit) {
        String query = "?query=" + Remote.encoded(expr) + "&start=" + seconds(from) + "&end=" + seconds(until)
                + "&step=" + step.toMillis() / MILLIS + "&limit=" + limit;
        return engine.get("/api/v1/query_range" + query, "", new TypeReference<JsonNode>() {})
                .map(QueryAnswer::of);
    }

    /** Names of metrics, some of them where there are many. */
    public Answer<List<String>> metrics(int limit) {
        return engine.get("/api/v1/label/__name__/values?limit=" + limit, "/data", new TypeReference<>() {});
    }

    /** Its own meters, in the text format. */
    public Answer<String> meters() {
        return engine.text("/metrics");
    }

    /** Whether it is ready, in its words. */
    public Answer<String> readiness() {
        return engine.text("/health/readiness");
    }

    /** Checks rule files, and changes nothing. */
    public Answer<RuleCheck> check(Map<String, String> texts) {
        return checked(engine.post("/api/v1/rules/apply?dry_run=true", texts));
    }

    /** Replaces all rules by those of these files, if they are valid; what is edited here belongs to the API from then on. */
    public Answer<RuleCheck> apply(Map<String, String> texts) {
        return checked(engine.post("/api/v1/rules/apply?take_over=true", texts));
    }

    private Answer<RuleCheck> checked(Answer<JsonNode> answer) {
        return switch (answer) {
            case Known<JsonNode>(JsonNode node) -> new Known<>(json.convertValue(node.path("data"), RuleCheck.class));
            case Declined<JsonNode>(int status, String problem, String body) -> {
                RuleCheck refused = read(body);
                yield refused.problems().isEmpty() ? new Declined<>(status, problem, body) : new Known<>(refused);
            }
            case Answer.Away<JsonNode>(String problem) -> new Answer.Away<>(problem);
        };
    }

    private RuleCheck read(String body) {
        try {
            return json.readValue(body, RuleCheck.class);
        } catch (JacksonException e) {
            // Not about the files: the answer's words say what it is about.
            return new RuleCheck(null, null, null, null);
        }
    }

    private static String seconds(Instant at) {
        return String.format(Locale.ROOT, "%.3f", at.toEpochMilli() / MILLIS);
    }
}
