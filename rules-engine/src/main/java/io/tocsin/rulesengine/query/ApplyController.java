package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.apply.RulePublisher;
import io.tocsin.rulesengine.rules.apply.RuleVersions;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes rule files in, as a whole or not at all, and lists what was taken before. */
@Controller("/api/v1/rules")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApplyController {

    private static final int UNPROCESSABLE = 422;

    private final Gate gate;
    private final RulePublisher publisher;
    private final EngineRules rules;
    private final Clock clock;

    ApplyController(Gate gate, RulePublisher publisher, EngineRules rules, Clock clock) {
        this.gate = gate;
        this.publisher = publisher;
        this.rules = rules;
        this.clock = clock;
    }

    /** @param body an object of file texts by name; they replace all rules that were in force */
    @Post("/apply")
    HttpResponse<byte[]> apply(HttpRequest<?> request, @Body byte @Nullable [] body) {
        return gate.answer("rules_apply", () -> {
            boolean dryRun = Gate.parameters(request, null).flag("dry_run");
            SequencedMap<String, String> texts = texts(body);
            return dryRun ? checked(RuleFileParser.parse(texts, false)) : published(texts);
        });
    }

    private static SequencedMap<String, String> texts(byte @Nullable [] body) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(body == null ? new byte[0] : body);
        } catch (JacksonException e) {
            throw ApiException.badData("the body is no JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject() || node.isEmpty()) {
            throw ApiException.badData("the body must be a JSON object of rule files: their texts by their names");
        }
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(file -> {
            if (!file.getValue().isString()) {
                throw ApiException.badData("the file " + file.getKey() + " must be a text");
            }
            texts.put(file.getKey(), file.getValue().stringValue());
        });
        return texts;
    }

    private static HttpResponse<byte[]> checked(RuleFiles files) {
        return files.isValid() ? done("valid", Map.of(), files.warnings()) : refused(files.problems());
    }

    private HttpResponse<byte[]> published(SequencedMap<String, String> texts) {
        try {
            return switch (publisher.publish(texts)) {
                case RulePublisher.Outcome.Published published ->
                    done(
                            "published",
                            Map.of(
                                    "version",
                                    published.version(),
                                    "effectiveFrom",
                                    Instant.ofEpochMilli(published.effectiveFromMs())
                                            .toString()),
                            published.warnings());
                case RulePublisher.Outcome.Unchanged unchanged ->
                    done("unchanged", Map.of("version", unchanged.version()), List.of());
                case RulePublisher.Outcome.Refused refused -> refused(refused.problems());
            };
        } catch (IllegalStateException e) {
            throw new ApiException(Failure.UNAVAILABLE, "nothing was applied: " + e.getMessage());
        }
    }

    private static HttpResponse<byte[]> done(String outcome, Map<String, String> more, List<Problem> warnings) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("outcome", outcome);
        data.putAll(more);
        data.put("problems", warnings.stream().map(ApplyController::problem).toList());
        return Gate.success(Reply.of(data));
    }

    private static HttpResponse<byte[]> refused(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        return Gate.json(UNPROCESSABLE, out -> {
            out.writeStringProperty("status", "error");
            out.writeStringProperty("errorType", Failure.BAD_DATA.type());
            out.writeStringProperty("error", errors + (errors == 1 ? " error" : " errors") + ", nothing was applied");
            out.writeName("problems");
            out.writePOJO(problems.stream().map(ApplyController::problem).toList());
        });
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        json.put("file", problem.position().file());
        json.put("line", problem.position().line());
        json.put("column", problem.position().column());
        json.put("message", problem.message());
        return json;
    }

    /** All versions in the log, the newest first; "active" is the one in force now. */
    @Get("/versions")
    HttpResponse<byte[]> versions(HttpRequest<?> request) {
        return gate.answer("rules_versions", request, null, parameters -> {
            String active = rules.at(clock.millis()).version();
            List<String> unusable = rules.unusableVersions();
            List<Map<String, Object>> versions = new ArrayList<>();
            for (RuleSetVersion version : all().reversed()) {
                versions.add(version(version, active, unusable));
            }
            return Reply.of(Map.of("versions", versions));
        });
    }

    private List<RuleSetVersion> all() {
        try {
            return List.copyOf(RuleVersions.read(publisher.clientProperties()).values());
        } catch (IllegalStateException e) {
            throw new ApiException(Failure.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> version(RuleSetVersion version, String active, List<String> unusable) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version.getVersion());
        json.put(
                "effectiveFrom",
                Instant.ofEpochMilli(version.getEffectiveFromMs()).toString());
        json.put("active", version.getVersion().equals(active));
        json.put("usable", !unusable.contains(version.getVersion()));
        json.put("files", List.copyOf(RuleVersions.texts(version).keySet()));
        return json;
    }
}
