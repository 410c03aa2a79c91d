package io.tocsin.notifier.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.notifier.api.AlertView.Placed;
import io.tocsin.notifier.dispatch.HoldsNow;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.reload.CurrentRouting;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Incidents;
import io.tocsin.notifier.store.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v2/alerts} and its groups: what is active now. */
@Controller("/api/v2/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertsController {

    private final Jdbi jdbi;
    private final CurrentRouting routing;
    private final InstantSource clock;

    AlertsController(Jdbi jdbi, CurrentRouting routing, InstantSource clock) {
        this.jdbi = jdbi;
        this.routing = routing;
        this.clock = clock;
    }

    @Get
    String alerts(
            @QueryValue @Nullable List<String> filter,
            @QueryValue @Nullable String receiver,
            @QueryValue(defaultValue = "true") boolean active,
            @QueryValue(defaultValue = "true") boolean silenced,
            @QueryValue(defaultValue = "true") boolean inhibited,
            @QueryValue(defaultValue = "true") boolean unprocessed) {
        AlertFilter asked = AlertFilter.of(filter, receiver, active, silenced, inhibited);
        return jdbi.withHandle(handle -> {
            List<Alert> alerts = Alerts.active(handle);
            AlertView view = view(handle, alerts);
            return Json.write(placed(view, alerts, asked).stream()
                    .sorted(Comparator.comparing(placed -> placed.alert().fingerprint()))
                    .map(view::show)
                    .toList());
        });
    }

    @Get("/groups")
    String groups(
            @QueryValue @Nullable List<String> filter,
            @QueryValue @Nullable String receiver,
            @QueryValue(defaultValue = "true") boolean active,
            @QueryValue(defaultValue = "true") boolean silenced,
            @QueryValue(defaultValue = "true") boolean inhibited,
            @QueryValue(defaultValue = "true") boolean muted) {
        AlertFilter asked = AlertFilter.of(filter, receiver, active, silenced, inhibited);
        return jdbi.withHandle(handle -> {
            List<Alert> alerts = Alerts.active(handle);
            AlertView view = view(handle, alerts);
            return Json.write(grouped(placed(view, alerts, asked), asked).entrySet().stream()
                    .map(group -> group(view, group.getKey(), group.getValue()))
                    .toList());
        });
    }

    private static Map<Target, List<Placed>> grouped(List<Placed> alerts, AlertFilter asked) {
        Map<Target, List<Placed>> groups =
                new TreeMap<>(Comparator.comparing(Target::groupKey).thenComparing(Target::receiver));
        for (Placed placed : alerts) {
            placed.targets().stream()
                    .filter(target -> asked.shows(target.receiver()))
                    .forEach(target -> groups.computeIfAbsent(target, key -> new java.util.ArrayList<>())
                            .add(placed));
        }
        return groups;
    }

    private static Map<String, Object> group(AlertView view, Target target, List<Placed> alerts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alerts", alerts.stream().map(view::show).toList());
        json.put("labels", target.groupLabels());
        json.put("receiver", AlertView.name(target.receiver()));
        json.put("routeLabels", Map.of());
        return json;
    }

    private AlertView view(Handle handle, List<Alert> alerts) {
        Instant now = clock.instant();
        Map<String, Incident> incidents =
                Incidents.find(handle, alerts.stream().map(Alert::incident).collect(Collectors.toSet()));
        Routing inForce = routing.get();
        return new AlertView(inForce, HoldsNow.of(handle, inForce, incidents, now), now);
    }

    private static List<Placed> placed(AlertView view, List<Alert> alerts, AlertFilter asked) {
        return alerts.stream().map(view::place).filter(asked::shows).toList();
    }
}
