package io.tocsin.runtime.health;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /health/liveness}: the process answers. {@code /health/readiness}: every check holds, or 503 with what does not. */
@Controller("/health")
final class HealthController {

    private final List<ReadinessCheck> checks;

    HealthController(List<ReadinessCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    @Get("/liveness")
    Map<String, String> liveness() {
        return Map.of("status", "UP");
    }

    @Get("/readiness")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<Map<String, Object>> readiness() {
        Map<String, String> results = new TreeMap<>();
        boolean ready = true;
        for (ReadinessCheck check : checks) {
            var problem = check.problem();
            ready &= problem.isEmpty();
            results.put(check.name(), problem.orElse("ok"));
        }
        Map<String, Object> body = Map.of("status", ready ? "UP" : "DOWN", "checks", results);
        return HttpResponse.<Map<String, Object>>status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(body);
    }
}
