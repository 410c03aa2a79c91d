package io.tocsin.notifier.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.notifier.reload.ConfigurationWatcher;
import io.tocsin.notifier.reload.CurrentRouting;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.store.Json;
import io.tocsin.runtime.health.ReadinessCheck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Status, receivers, and the two health addresses of Alertmanager. */
@Controller
final class StatusController {

    private final CurrentRouting routing;
    private final ConfigurationWatcher watcher;
    private final List<ReadinessCheck> checks;
    private final Instant startedAt;

    StatusController(
            CurrentRouting routing, ConfigurationWatcher watcher, List<ReadinessCheck> checks, InstantSource clock) {
        this.watcher = watcher;
        this.routing = routing;
        this.checks = List.copyOf(checks);
        this.startedAt = clock.instant();
    }

    @Get("/api/v2/status")
    String status() {
        String version = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("unknown");
        Map<String, Object> json = new LinkedHashMap<>();
        // Instances share PostgreSQL: there is no gossip cluster to show.
        json.put("cluster", Map.of("status", "disabled", "peers", List.of()));
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("version", version);
        versions.put("revision", "");
        versions.put("branch", "");
        versions.put("buildUser", "");
        versions.put("buildDate", "");
        versions.put("goVersion", "Java " + Runtime.version());
        json.put("versionInfo", versions);
        json.put("config", Map.of("original", routing.get().original()));
        json.put("uptime", startedAt.toString());
        return Json.write(json);
    }

    @Get("/api/v2/receivers")
    String receivers(@QueryValue("receiver_matchers") @Nullable List<String> matchers) {
        List<Matcher> asked = AlertFilter.matchers(matchers);
        return Json.write(routing.get().receivers().stream()
                .filter(receiver -> Matcher.all(asked, receiver.labels()))
                .map(StatusController::show)
                .toList());
    }

    private static Map<String, Object> show(Receiver receiver) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", receiver.name());
        json.put("labels", receiver.labels());
        return json;
    }

    /** Puts the configuration file in force; what is wrong with it, line by line, when it is refused. */
    @Post("/-/reload")
    @Produces(MediaType.TEXT_PLAIN)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<String> reload() {
        List<String> problems = watcher.reload();
        return problems.isEmpty()
                ? HttpResponse.ok("")
                : HttpResponse.<String>serverError().body(String.join("\n", problems) + "\n");
    }

    @Get("/-/healthy")
    @Produces(MediaType.TEXT_PLAIN)
    String healthy() {
        return "OK";
    }

    @Get("/-/ready")
    @Produces(MediaType.TEXT_PLAIN)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<String> ready() {
        List<String> problems = checks.stream()
                .map(ReadinessCheck::problem)
                .flatMap(Optional::stream)
                .toList();
        return problems.isEmpty()
                ? HttpResponse.ok("OK")
                : HttpResponse.<String>serverError().status(503).body(String.join("\n", problems));
    }
}
