package io.tocsin.selfheal.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.files.PlanFiles;
import io.tocsin.selfheal.statistics.Demotion;
import io.tocsin.selfheal.statistics.Ended;
import io.tocsin.selfheal.statistics.Performance;
import io.tocsin.selfheal.statistics.Suggestion;
import io.tocsin.selfheal.store.Audit;
import io.tocsin.selfheal.store.Incidents;
import io.tocsin.selfheal.store.Restorations;
import io.tocsin.selfheal.store.Runs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * How good playbooks are, JSON under {@code /api/tocsin/selfheal}.
 *
 * <p>GET {@code statistics}: for each playbook in force playbook, mode, demoted (it asks, because it kept failing), and of
 * the last 30 days runs, verified, successRate (0 to 1, absent without runs), medianRepairSeconds, longestRepairSeconds. POST
 * {@code playbooks/NAME/restore} with {@code {"by": person, "note": why}}: failures so far no longer count. GET {@code
 * suggestions}: alertname, element, incidents and last of problems that recur without a playbook.
 */
@Controller("/api/tocsin/selfheal")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatisticsController {

    private static final int INCIDENTS = 10_000;

    private final Jdbi jdbi;
    private final PlanFiles files;
    private final InstantSource clock = InstantSource.system();

    StatisticsController(Jdbi jdbi, PlanFiles files) {
        this.jdbi = jdbi;
        this.files = files;
    }

    @Get("/statistics")
    List<Map<String, Object>> statistics() {
        List<Ended> ended =
                jdbi.withHandle(handle -> Runs.ended(handle, clock.instant().minus(Demotion.REMEMBERED)));
        Map<String, Instant> restored = jdbi.withHandle(Restorations::all);
        List<Performance> performances = Performance.of(ended);
        return files.plan().playbooks().stream()
                .map(playbook -> playbook(
                        playbook,
                        Demotion.demoted(playbook, ended, restored),
                        performances.stream()
                                .filter(each -> each.playbook().equals(playbook.name()))
                                .findFirst()))
                .toList();
    }

    private static Map<String, Object> playbook(Playbook playbook, boolean demoted, Optional<Performance> performance) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("playbook", playbook.name());
        json.put("mode", playbook.mode().name());
        json.put("demoted", demoted);
        json.put("runs", performance.map(Performance::runs).orElse(0));
        json.put("verified", performance.map(Performance::verified).orElse(0));
        performance.ifPresent(each -> {
            json.put("successRate", each.successRate());
            each.medianRepair().ifPresent(took -> json.put("medianRepairSeconds", took.toMillis() / 1000.0));
            each.longestRepair().ifPresent(took -> json.put("longestRepairSeconds", took.toMillis() / 1000.0));
        });
        return json;
    }

    @Post("/playbooks/{name}/restore")
    HttpResponse<Map<String, Object>> restore(String name, @Body Map<String, Object> body) {
        String person = SelfhealController.person(body);
        if (person.isEmpty()) {
            return SelfhealController.nobody();
        }
        if (files.plan().playbooks().stream()
                .noneMatch(playbook -> playbook.name().equals(name))) {
            return HttpResponse.notFound(SelfhealController.error("there is no playbook " + name));
        }
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            Restorations.put(handle, name, now);
            Audit.write(
                    handle,
                    new Audit.Entry(now, person, "RESTORED", "", "", name, "", "", SelfhealController.note(body)));
        });
        return HttpResponse.ok(Map.of("playbook", name));
    }

    @Get("/suggestions")
    List<Map<String, Object>> suggestions() {
        return Suggestion.of(
                        jdbi.withHandle(handle -> Incidents.newest(handle, INCIDENTS)),
                        files.plan().playbooks())
                .stream()
                .map(StatisticsController::suggestion)
                .toList();
    }

    private static Map<String, Object> suggestion(Suggestion suggestion) {
        return Map.of(
                "alertname",
                suggestion.alertname(),
                "element",
                suggestion.element(),
                "incidents",
                suggestion.incidents(),
                "last",
                suggestion.last().toString());
    }
}
