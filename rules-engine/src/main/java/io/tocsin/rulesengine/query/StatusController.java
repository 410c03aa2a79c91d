package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.rules.Durations;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Says what this instance is and what it holds. */
@Controller("/api/v1/status")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {

    /** The version of Prometheus whose API this is: Grafana decides by it what to ask for. */
    private static final String API_VERSION = "3.0.0";

    private final Gate gate;
    private final LocalSeries local;
    private final RulesEngineConfig config;
    private final QuerySettings settings;
    private final FanOut fanOut;

    StatusController(Gate gate, LocalSeries local, RulesEngineConfig config, QuerySettings settings, FanOut fanOut) {
        this.gate = gate;
        this.local = local;
        this.config = config;
        this.settings = settings;
        this.fanOut = fanOut;
    }

    @Get("/buildinfo")
    HttpResponse<byte[]> build(HttpRequest<?> request) {
        return gate.answer("status_buildinfo", request, null, parameters -> buildInfo());
    }

    @Get("/runtimeinfo")
    HttpResponse<byte[]> runtime(HttpRequest<?> request) {
        return gate.answer("status_runtimeinfo", request, null, parameters -> runtimeInfo());
    }

    @Get("/tsdb")
    HttpResponse<byte[]> tsdb(HttpRequest<?> request) {
        return gate.answer("status_tsdb", request, null, parameters -> {
            int most =
                    (int) Math.min(Cardinality.MOST, parameters.limit("limit").orElse(Cardinality.STANDARD));
            FanOut.Question others = fanOut.question(parameters);
            List<JsonNode> reports = others.data("/api/v1/status/tsdb?limit=" + Cardinality.MOST);
            return Reply.of(Cardinality.of(local.stores(), reports, settings.teamLabel(), most))
                    .warning(others.missing());
        });
    }

    private static Reply buildInfo() {
        String own = StatusController.class.getPackage().getImplementationVersion();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("version", API_VERSION);
        info.put("revision", "tocsin " + Objects.requireNonNullElse(own, "development"));
        info.put("branch", "");
        info.put("buildUser", "");
        info.put("buildDate", "");
        info.put("goVersion", "");
        return Reply.of(info);
    }

    private Reply runtimeInfo() {
        var jvm = ManagementFactory.getRuntimeMXBean();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("startTime", Instant.ofEpochMilli(jvm.getStartTime()).toString());
        info.put("CWD", System.getProperty("user.dir"));
        info.put("reloadConfigSuccess", true);
        info.put("corruptionCount", 0);
        info.put("goroutineCount", ManagementFactory.getThreadMXBean().getThreadCount());
        info.put("GOMAXPROCS", Runtime.getRuntime().availableProcessors());
        info.put("GOMEMLIMIT", Runtime.getRuntime().maxMemory());
        info.put("GOGC", "");
        info.put("GODEBUG", "");
        info.put(
                "storageRetention",
                Durations.format(Duration.ofMillis(config.storeLimits().retentionMs())));
        return Reply.of(info);
    }
}
