package io.tocsin.notifier.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.notifier.api.AlertView.Placed;
import io.tocsin.notifier.dispatch.HoldsNow;
import io.tocsin.notifier.external.Posted;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.intake.PostedAlerts;
import io.tocsin.notifier.reload.CurrentRouting;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.ExternalAlerts;
import io.tocsin.notifier.store.Incidents;
import io.tocsin.notifier.store.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v2/alerts} and its groups: what is active now, and what others say is. */
@Controller("/api/v2/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertsController {

    private final Jdbi jdbi;
    private final CurrentRouting routing;
    private final InstantSource clock;
    private final PostedAlerts posted;

    AlertsController(Jdbi jdbi, CurrentRouting routing, InstantSource clock, PostedAlerts posted) {
        this.jdbi = jdbi;
        this.routing = routing;
        this.clock = clock;
        this.posted = posted;
    }

    @Get
    String alerts(
            @QueryValue @Nullable List<String> filter,
            @QueryValue @Nullable String receiver,
            @QueryValue("receiver_matchers") @Nullable List<String> receiverMatchers,
            @QueryValue(defaultValue = "true") boolean active,
            @QueryValue(defaultValue = "true") boolean silenced,
            @QueryValue(defaultValue = "true") boolean inhibited,
            @QueryValue(defaultValue = "true") boolean unprocessed) {
        Routing inForce = routing.get();
        AlertFilter asked = new AlertFilter(
                AlertFilter.matchers(filter),
                AlertFilter.receivers(inForce, receiver, receiverMatchers),
                active,
                silenced,
                inhibited,
                unprocessed);
        return jdbi.withHandle(handle -> {
            List<Alert> alerts = Alerts.active(handle);
            AlertView view = view(handle, inForce, alerts);
            return Json.write(placed(handle, view, alerts, asked).stream()
                    .sorted(Comparator.comparing(placed -> placed.alert().fingerprint()))
                    .map(view::show)
                    .toList());
        });
    }

    @Get("/groups")
    String groups(
            @QueryValue @Nullable List<String> filter,
            @QueryValue @Nullable String receiver,
            @QueryValue("receiver_matchers") @Nullable List<String> receiverMatchers,
            @QueryValue(defaultValue = "true") boolean active,
            @QueryValue(defaultValue = "true") boolean silenced,
            @QueryValue(defaultValue = "true") boolean inhibited,
            @QueryValue(defaultValue = "true") boolean muted) {
        Routing inForce = routing.get();
        AlertFilter asked = new AlertFilter(
                AlertFilter.matchers(filter),
                AlertFilter.receivers(inForce, receiver, receiverMatchers),
                active,
                silenced,
                inhibited,
                true);
        return jdbi.withHandle(handle -> {
            List<Alert> alerts = Alerts.active(handle);
            AlertView view = view(handle, inForce, alerts);
            return Json.write(grouped(placed(handle, view, alerts, asked), asked).entrySet().stream()
                    .filter(group -> muted || !group.getValue().stream().allMatch(Placed::suppressed))
                    .map(group -> group(view, group.getKey(), group.getValue()))
                    .toList());
        });
    }

    /**
     * Takes alerts from others: Prometheus, vmalert, Grafana, amtool. Those of a request that can be taken are, even
     * when others cannot; status 400 then says what is wrong with which.
     */
    @Post
    HttpResponse<String> post(@Body String body, @Header("User-Agent") @Nullable String agent)
            throws InterruptedException {
        Instant now = clock.instant();
        Duration resolveTimeout = routing.get().resolveTimeout();
        List<Posted> taken = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<@Nullable AlertRequest> requests = AlertRequest.read(body);
        for (int i = 0; i < requests.size(); i++) {
            AlertRequest request = requests.get(i);
            try {
                if (request == null) {
                    throw new BadRequest("an alert is a JSON object");
                }
                taken.add(request.posted(now, resolveTimeout));
            } catch (BadRequest e) {
                problems.add("alert " + (i + 1) + ": " + e.getMessage());
            }
        }
        posted.accept(taken, Source.of(agent), now);
        if (!problems.isEmpty()) {
            posted.refused(problems.size());
            throw new BadRequest(String.join("; ", problems));
        }
        return HttpResponse.ok();
    }

    private static Map<Target, List<Placed>> grouped(List<Placed> alerts, AlertFilter asked) {
        Map<Target, List<Placed>> groups =
                new TreeMap<>(Comparator.comparing(Target::groupKey).thenComparing(Target::receiver));
        for (Placed placed : alerts) {
            placed.targets().stream()
                    .filter(target -> asked.shows(target.receiver()))
                    .forEach(target -> groups.computeIfAbsent(target, key -> new ArrayList<>())
                            .add(placed));
        }
        return groups;
    }

    private static Map<String, Object> group(AlertView view, Target target, List<Placed> alerts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alerts", alerts.stream().map(view::show).toList());
        json.put("labels", target.groupLabels());
        json.put("receiver", AlertView.name(target.receiver()));
        json.put("routeLabels", target.options().labels());
        return json;
    }

    private AlertView view(Handle handle, Routing inForce, List<Alert> alerts) {
        Instant now = clock.instant();
        Map<String, Incident> incidents =
                Incidents.find(handle, alerts.stream().map(Alert::incident).collect(Collectors.toSet()));
        return new AlertView(inForce, HoldsNow.of(handle, inForce, alerts, incidents, now), now);
    }

    private static List<Placed> placed(Handle handle, AlertView view, List<Alert> alerts, AlertFilter asked) {
        return Stream.concat(
                        alerts.stream().map(view::place),
                        ExternalAlerts.unprocessed(handle).stream().map(view::unprocessed))
                .filter(asked::shows)
                .toList();
    }
}
