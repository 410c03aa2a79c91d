package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.RuleSet;
import io.tocsin.rulesengine.rules.apply.Namespaces;
import io.tocsin.rulesengine.rules.apply.RuleChange;
import io.tocsin.rulesengine.rules.apply.RuleOwner;
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
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes rule files in, those of a namespace as a whole or not at all, lists what was taken before, and brings it back.
 */
@Controller("/api/v1/rules")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApplyController {

    private static final int UNPROCESSABLE = 422;
    private static final String NEWEST = "newest";

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

    /**
     * Takes files of the namespace that is named; those of all namespaces, with their folders, when none is. They replace
     * what was in force there.
     *
     * @param body an object of file texts by name
     */
    @Post("/apply")
    HttpResponse<byte[]> apply(HttpRequest<?> request, @Body byte @Nullable [] body) {
        return gate.answer("rules_apply", () -> {
            Parameters parameters = Gate.parameters(request, null);
            boolean dryRun = parameters.flag("dry_run");
            SequencedMap<String, String> texts = texts(body);
            RuleChange change = parameters.has("namespace")
                    ? RuleChange.of(owner(parameters), namespace(parameters), texts, parameters.flag("take_over"))
                    : new RuleChange(owner(parameters), null, texts, parameters.flag("take_over"));
            return dryRun ? checked(RuleFileParser.parse(change.files(), false)) : published(change);
        });
    }

    /** Publishes the files that a namespace had in an earlier version, as a new one. */
    @Post("/rollback")
    HttpResponse<byte[]> rollback(HttpRequest<?> request) {
        return gate.answer("rules_rollback", () -> {
            Parameters parameters = Gate.parameters(request, null);
            String namespace = namespace(parameters);
            List<RuleFile> files = Namespaces.group(
                            version(parameters.first("version")).getFilesList())
                    .getOrDefault(namespace, List.of());
            if (files.isEmpty()) {
                throw new ApiException(
                        Failure.NOT_FOUND, Namespaces.words(namespace) + " had no files in that version");
            }
            SequencedMap<String, String> texts = new LinkedHashMap<>();
            files.forEach(file -> texts.put(file.getName(), file.getText()));
            return published(new RuleChange(owner(parameters), namespace, texts, parameters.flag("take_over")));
        });
    }

    private static RuleOwner owner(Parameters parameters) {
        String word = parameters.first("owner");
        return word.isEmpty()
                ? RuleOwner.API
                : RuleOwner.of(word)
                        .orElseThrow(() -> ApiException.badParameter("owner", "expected file, api or kubernetes"));
    }

    private static String namespace(Parameters parameters) {
        String namespace = Namespaces.called(parameters.first("namespace"));
        if (!Namespaces.isValid(namespace)) {
            throw ApiException.badParameter(
                    "namespace", "a name has letters, digits and . _ - only, and begins with one of the first two");
        }
        return namespace;
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

    private HttpResponse<byte[]> published(RuleChange change) {
        try {
            return switch (publisher.publish(change)) {
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
                case RulePublisher.Outcome.Foreign foreign ->
                    throw new ApiException(Failure.CONFLICT, "nothing was applied: " + foreign.message());
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

    /** One version with the texts of its files; "newest" for the newest, in force or not yet. */
    @Get("/versions/{name}")
    HttpResponse<byte[]> oneVersion(HttpRequest<?> request, @PathVariable String name) {
        return gate.answer("rules_version", request, null, parameters -> {
            RuleSetVersion found = version(name);
            Map<String, Object> json = version(found, rules.at(clock.millis()).version(), rules.unusableVersions());
            json.put("texts", RuleVersions.texts(found));
            return Reply.of(json);
        });
    }

    /** Whose rules there are, in the newest version. */
    @Get("/namespaces")
    HttpResponse<byte[]> namespaces(HttpRequest<?> request) {
        return gate.answer("rules_namespaces", request, null, parameters -> {
            List<RuleSetVersion> versions = all();
            List<Map<String, Object>> namespaces = new ArrayList<>();
            if (!versions.isEmpty()) {
                Namespaces.group(versions.getLast().getFilesList())
                        .forEach((name, files) -> namespaces.add(namespace(name, files, since(name, versions))));
            }
            return Reply.of(Map.of("namespaces", namespaces));
        });
    }

    /** The version since which a namespace is as it is in the newest one. */
    private static RuleSetVersion since(String namespace, List<RuleSetVersion> versions) {
        List<RuleFile> now = files(namespace, versions.getLast());
        RuleSetVersion since = versions.getLast();
        for (RuleSetVersion version : versions.reversed()) {
            if (!files(namespace, version).equals(now)) {
                break;
            }
            since = version;
        }
        return since;
    }

    private static List<RuleFile> files(String namespace, RuleSetVersion version) {
        return Namespaces.group(version.getFilesList()).getOrDefault(namespace, List.of());
    }

    private static Map<String, Object> namespace(String name, List<RuleFile> files, RuleSetVersion since) {
        RuleSet rules =
                RuleFileParser.parse(RuleVersions.texts(since, name), true).ruleSet();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("namespace", Namespaces.word(name));
        json.put("owner", Namespaces.owner(files).map(RuleOwner::word).orElse(""));
        json.put("files", files.stream().map(RuleFile::getName).toList());
        json.put("groups", rules.groups().size());
        json.put("rules", rules.ruleCount());
        json.put("since", since.getVersion());
        return json;
    }

    private RuleSetVersion version(String name) {
        List<RuleSetVersion> versions = all();
        return versions.stream()
                .filter(version -> version.getVersion().equals(name))
                .findFirst()
                .or(() ->
                        name.equals(NEWEST) && !versions.isEmpty() ? Optional.of(versions.getLast()) : Optional.empty())
                .orElseThrow(() -> new ApiException(Failure.NOT_FOUND, "there is no version " + name));
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
