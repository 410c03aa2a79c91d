package io.tocsin.notifier.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.notifier.dispatch.HoldsNow;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Candidate;
import io.tocsin.notifier.group.Hold;
import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.group.Verdict;
import io.tocsin.notifier.reload.CurrentRouting;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Decisions;
import io.tocsin.notifier.store.Decisions.Decision;
import io.tocsin.notifier.store.Decisions.Held;
import io.tocsin.notifier.store.ExternalAlerts;
import io.tocsin.notifier.store.Groups;
import io.tocsin.notifier.store.Incidents;
import io.tocsin.notifier.store.Json;
import io.tocsin.notifier.store.Notices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Incidents, notices, and why an alert was (not) told. Times are ISO 8601 in UTC; what is not known is null.
 *
 * <p>{@code GET /api/tocsin/incidents?limit=100} is an array, {@code GET /api/tocsin/incidents/ID} one, of
 *
 * <pre>{@code
 * {"id", "environment", "status": "OPEN" | "CLOSED" | "MERGED", "revision", "openedAt", "closedAt", "at", "title",
 *  "rootCauses": [{"element", "score", "evidence": [text]}],           likeliest first
 *  "members": [{"fingerprint", "labels": {}, "annotations": {},
 *               "state": "INACTIVE" | "PENDING" | "FIRING" | "RECOVERING" | "NO_DATA" | "ERROR",
 *               "disposition": "NONE" | "ROOT" | "SYMPTOM" | "RELATED" | "FLAPPING" | "RECOVERED"
 *                              | "ABSORBED_BY_STORM_LIMIT",
 *               "because", "startsAt", "endsAt", "value", "element", "rule", "completeness", "generatorUrl", "source"}],
 *  "timeline": [{"at", "what"}],                                       oldest first
 *  "mergedInto", "severity"}
 * }</pre>
 *
 * <p>{@code GET /api/tocsin/notices?incident=ID&fingerprint=FP&receiver=NAME&limit=100}, each optional, is an array,
 * the latest first, of
 *
 * <pre>{@code
 * {"id",                                       the idempotency key, the same over all tries
 *  "groupKey", "groupLabels": {}, "receiver", "integration": "webhook[0]",
 *  "reason",                                   a Verdict.Reason, such as FIRST_FIRING or ALL_RESOLVED
 *  "status": "firing" | "resolved", "firing": [fingerprint], "resolved": [fingerprint], "incidents": [id],
 *  "state": "PENDING" | "DELIVERED" | "DEAD",  DEAD is given up, lastOutcome says why
 *  "attempts", "createdAt", "nextAttemptAt", "finishedAt", "lastOutcome"}
 * }</pre>
 *
 * <p>{@code GET /api/tocsin/why/FINGERPRINT} is 404 with a text, or
 *
 * <pre>{@code
 * {"alert": member, "condition": "FIRING" | "UNKNOWN" | "RESOLVED", "incident": id,
 *  "routes": [{"groupKey", "receiver", "convergence": "ANNOTATE" | "SUPPRESS",
 *              "held": {"fingerprint", "reason", "by": [text]}}],      held only where something holds it
 *  "groups": [{"groupKey", "receiver", "told": {integration: what it believes}}],
 *  "decisions": [{"groupKey", "receiver", "integration", "reason", "told", "because", "held": held as above where
 *                 something held this alert then, "firing", "resolved", "firstAt", "lastAt", "times"}],  latest first
 *  "notices": [as above]}
 * }</pre>
 */
@Controller("/api/tocsin")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TocsinController {

    private static final int MOST = 1_000;

    private final Jdbi jdbi;
    private final CurrentRouting routing;
    private final InstantSource clock;

    TocsinController(Jdbi jdbi, CurrentRouting routing, InstantSource clock) {
        this.jdbi = jdbi;
        this.routing = routing;
        this.clock = clock;
    }

    /** Open incidents, then those closed last. */
    @Get("/incidents")
    String incidents(@QueryValue(defaultValue = "100") int limit) {
        return Json.write(jdbi.withHandle(handle -> Incidents.latest(handle, checked(limit))));
    }

    @Get("/incidents/{id}")
    HttpResponse<String> incident(String id) {
        return jdbi.withHandle(handle -> Incidents.find(handle, id))
                .map(incident -> HttpResponse.ok(Json.write(incident)))
                .orElseGet(HttpResponse::notFound);
    }

    /** Notices with what became of them, the latest first. */
    @Get("/notices")
    String notices(
            @QueryValue(defaultValue = "") String incident,
            @QueryValue(defaultValue = "") String fingerprint,
            @QueryValue(defaultValue = "") String receiver,
            @QueryValue(defaultValue = "100") int limit) {
        Notices.Query query = new Notices.Query(incident, fingerprint, receiver, checked(limit));
        return Json.write(jdbi.withHandle(handle -> Notices.latest(handle, query)));
    }

    /** Everything that decided whether people were told of an alert. */
    @Get("/why/{fingerprint}")
    HttpResponse<String> why(String fingerprint) {
        return jdbi.withHandle(handle -> {
            Alert alert = Alerts.find(handle, Set.of(fingerprint)).get(fingerprint);
            return alert == null
                    ? HttpResponse.notFound(Json.write(unknown(handle, fingerprint)))
                    : HttpResponse.ok(Json.write(why(handle, alert)));
        });
    }

    private static String unknown(Handle handle, String fingerprint) {
        boolean posted = ExternalAlerts.unprocessed(handle).stream()
                .anyMatch(alert -> alert.fingerprint().equals(fingerprint));
        return "alert " + fingerprint
                + (posted
                        ? " was posted, and convergence has not made it part of an incident yet"
                        : " is not known: it never fired, or was over long ago");
    }

    private Map<String, Object> why(Handle handle, Alert alert) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alert", alert.member());
        json.put("condition", alert.condition());
        json.put("incident", alert.incident());
        json.put("routes", routes(handle, alert));
        json.put(
                "groups",
                Groups.of(handle, alert.fingerprint()).stream()
                        .map(TocsinController::group)
                        .toList());
        json.put(
                "decisions",
                Decisions.about(handle, alert.fingerprint(), MOST).stream()
                        .map(decision -> decision(decision, alert.fingerprint()))
                        .toList());
        json.put("notices", Notices.latest(handle, new Notices.Query("", alert.fingerprint(), "", MOST)));
        return json;
    }

    private List<Map<String, Object>> routes(Handle handle, Alert alert) {
        Instant now = clock.instant();
        Holds holds = HoldsNow.of(
                handle, routing.get(), List.of(alert), Incidents.find(handle, Set.of(alert.incident())), now);
        return routing.get().root().targets(alert.labels()).stream()
                .map(target -> route(holds, alert, target))
                .toList();
    }

    private static Map<String, Object> route(Holds holds, Alert alert, Target target) {
        Candidate candidate = holds.candidate(alert, target.groupKey(), target.receiver());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("groupKey", target.groupKey());
        json.put("receiver", target.receiver());
        json.put("convergence", target.options().convergence());
        candidate.hold().map(hold -> held(alert, hold)).ifPresent(held -> json.put("held", held));
        return json;
    }

    private static Map<String, Object> decision(Decision decision, String fingerprint) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("groupKey", decision.groupKey());
        json.put("receiver", decision.receiver());
        json.put("integration", decision.integration());
        json.put("reason", decision.reason());
        // A newer version may have decided for a reason that this one does not know.
        Arrays.stream(Verdict.Reason.values())
                .filter(reason -> reason.name().equals(decision.reason()))
                .forEach(reason -> {
                    json.put("told", reason.tells());
                    json.put("because", reason.words());
                });
        decision.held().stream()
                .filter(held -> held.fingerprint().equals(fingerprint))
                .forEach(held -> json.put("held", held));
        json.put("firing", decision.firing());
        json.put("resolved", decision.resolved());
        json.put("firstAt", decision.firstAt());
        json.put("lastAt", decision.lastAt());
        json.put("times", decision.times());
        return json;
    }

    private static Held held(Alert alert, Hold hold) {
        return new Held(alert.fingerprint(), hold.reason(), hold.by());
    }

    private static Map<String, Object> group(Groups.Group group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("groupKey", group.groupKey());
        json.put("receiver", group.receiver());
        json.put("told", group.told());
        return json;
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new BadRequest("limit is from 1 to " + MOST);
        }
        return limit;
    }
}
