package io.tocsin.console.page;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.alert.Alert;
import io.tocsin.console.engine.EngineAlert;
import io.tocsin.console.engine.EngineClient;
import io.tocsin.console.intake.AlertIntake;
import io.tocsin.console.intake.IncidentIntake;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.notice.NotedAlert;
import io.tocsin.console.notice.NoticeAnswer;
import io.tocsin.console.notice.NotifierClient;
import io.tocsin.console.notice.Why;
import io.tocsin.console.remote.Answer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /alerts}: all of them with their states and why, and each of them. */
@Controller("/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertsController {

    private static final int MOST = 500;

    private final LogReader log;
    private final AlertIntake alerts;
    private final IncidentIntake incidents;
    private final EngineClient engine;
    private final NotifierClient notifier;
    private final Pages pages;

    AlertsController(
            LogReader log,
            AlertIntake alerts,
            IncidentIntake incidents,
            EngineClient engine,
            NotifierClient notifier,
            Pages pages) {
        this.log = log;
        this.alerts = alerts;
        this.incidents = incidents;
        this.engine = engine;
        this.notifier = notifier;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> list(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String show,
            @QueryValue(defaultValue = "") String q) {
        Frame frame = pages.frame(request, Section.ALERTS);
        Answer<List<EngineAlert>> now = engine.alerts();
        Answer<List<NotedAlert>> noted = notifier.alerts(List.of());
        List<String> words = List.of(q.strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
        List<AlertRow> found =
                AlertRows.of(alerts.alerts(), now.or(List.of()), noted.or(List.of()), incidents.board()).stream()
                        .filter(row -> row.speaksOf(words))
                        .toList();
        Map<Shown, Long> counts = new EnumMap<>(Shown.class);
        for (Shown each : Shown.values()) {
            counts.put(each, found.stream().filter(each::shows).count());
        }
        Shown shown = Shown.of(show);
        return pages.page(
                "alerts.jte",
                Map.of(
                        "frame",
                        frame.with(List.of(
                                log.problem()
                                        .map(problem -> "Alerts may not be current: " + problem + ".")
                                        .orElse(""),
                                Words.trouble("What the rules engine holds now is not known", now),
                                Words.trouble("Whether notices are held is not known", noted))),
                        "rows",
                        found.stream().filter(shown::shows).limit(MOST).toList(),
                        "counts",
                        counts,
                        "shown",
                        shown,
                        "q",
                        q));
    }

    @Get("/{fingerprint}")
    HttpResponse<String> alert(HttpRequest<?> request, String fingerprint) {
        Frame frame = pages.frame(request, Section.ALERTS);
        List<Alert> found = alerts.alerts().stream()
                .filter(alert -> alert.key().fingerprint().equals(fingerprint))
                .toList();
        if (found.isEmpty()) {
            return pages.missing(
                    frame,
                    "Alert " + fingerprint + " is not known here. It may have changed last before what is read of the "
                            + "log, or be forgotten: only the latest that ended are kept.");
        }
        Answer<Why> why = notifier.why(fingerprint);
        NoticeAnswer notices = notifier.aboutAlert(fingerprint);
        Alert first = found.getFirst();
        List<AlertRow> rows = AlertRows.of(List.of(first), List.of(), List.of(), incidents.board());
        return pages.page(
                "alert.jte",
                Map.of(
                        "frame",
                        frame.titled(first.name())
                                .with(List.of(
                                        Words.trouble("Whether people were told is not known", why),
                                        log.problem().orElse(""))),
                        "alerts",
                        found,
                        "row",
                        rows.getFirst(),
                        "why",
                        why.or(Why.NOTHING),
                        "notices",
                        notices instanceof NoticeAnswer.Known(var known) ? known : List.of()));
    }
}
