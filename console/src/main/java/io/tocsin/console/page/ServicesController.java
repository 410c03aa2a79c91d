package io.tocsin.console.page;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.graph.CallMap;
import io.tocsin.console.graph.Calls;
import io.tocsin.console.intake.IncidentIntake;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.intake.TopologyIntake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** {@code /services}: who calls whom, how often, how well. */
@Controller("/services")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ServicesController {

    /** Calls of so long count. */
    static final Duration SPAN = Duration.ofMinutes(5);

    private final LogReader log;
    private final TopologyIntake topology;
    private final IncidentIntake incidents;
    private final Pages pages;

    ServicesController(LogReader log, TopologyIntake topology, IncidentIntake incidents, Pages pages) {
        this.log = log;
        this.topology = topology;
        this.incidents = incidents;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, @QueryValue(defaultValue = "") String environment) {
        Frame frame = pages.frame(request, Section.MAP);
        List<Calls> calls = topology.calls();
        SortedSet<String> environments = CallMap.environments(calls);
        String shown =
                environments.contains(environment) || environments.isEmpty() ? environment : environments.first();
        CallMap map = CallMap.of(calls, shown, frame.now(), SPAN);
        return pages.page(
                "services.jte",
                Map.of(
                        "frame",
                        frame.with(List.of(log.problem()
                                .map(problem -> "The map may not be current: " + problem + ".")
                                .orElse(""))),
                        "environments",
                        environments,
                        "environment",
                        shown,
                        "view",
                        MapView.of(map, incidents.board())));
    }
}
