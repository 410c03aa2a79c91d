package io.tocsin.console.page;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.graph.CallMap;
import io.tocsin.console.incident.Board;
import io.tocsin.console.incident.Incident;
import io.tocsin.console.incident.Member;
import io.tocsin.console.intake.AlertIntake;
import io.tocsin.console.intake.IncidentIntake;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.intake.TopologyIntake;
import io.tocsin.console.notice.NoticeAnswer;
import io.tocsin.console.notice.NotifierClient;
import io.tocsin.console.notice.RecentNotices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The list of incidents, and each of them. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class IncidentsController {

    /** A page stays usable: so many incidents of each kind are listed. */
    private static final int MOST_OPEN = 500;

    private static final int MOST_ENDED = 50;

    private final LogReader log;
    private final IncidentIntake incidents;
    private final AlertIntake alerts;
    private final TopologyIntake topology;
    private final RecentNotices recent;
    private final NotifierClient notifier;
    private final Pages pages;

    IncidentsController(
            LogReader log,
            IncidentIntake incidents,
            AlertIntake alerts,
            TopologyIntake topology,
            RecentNotices recent,
            NotifierClient notifier,
            Pages pages) {
        this.log = log;
        this.incidents = incidents;
        this.alerts = alerts;
        this.topology = topology;
        this.recent = recent;
        this.notifier = notifier;
        this.pages = pages;
    }

    @Get("/")
    HttpResponse<String> list(HttpRequest<?> request) {
        NoticeAnswer notices = recent.get();
        Frame frame = pages.frame(request, Section.INCIDENTS).with(troubles(notices));
        Board board = incidents.board();
        List<Incident> open = board.open();
        List<Incident> ended = board.ended();
        return pages.page(
                "incidents.jte",
                Map.of(
                        "frame", frame,
                        "open", rows(board, open.stream().limit(MOST_OPEN).toList(), notices),
                        "openCount", open.size(),
                        "ended", rows(board, ended.stream().limit(MOST_ENDED).toList(), notices)));
    }

    @Get("/incidents/{id}")
    HttpResponse<String> incident(HttpRequest<?> request, String id) {
        NoticeAnswer notices = notifier.about(id);
        Frame frame = pages.frame(request, Section.INCIDENTS).with(troubles(notices));
        Board board = incidents.board();
        return board.find(id)
                .<HttpResponse<String>>map(incident -> pages.page(
                        "incident.jte",
                        Map.of(
                                "frame", frame.titled(incident.title()),
                                "row", row(board, incident, notices),
                                "plots", Plots.of(incident, alerts.alerts(), frame.now()),
                                "view", around(incident, board, frame.now()))))
                .orElseGet(() -> pages.missing(
                        frame,
                        "Incident " + id + " is not known here. It may have been forgotten: only the latest that "
                                + "ended are kept."));
    }

    private static List<IncidentRow> rows(Board board, List<Incident> incidents, NoticeAnswer notices) {
        return incidents.stream().map(incident -> row(board, incident, notices)).toList();
    }

    private static IncidentRow row(Board board, Incident incident, NoticeAnswer notices) {
        return new IncidentRow(
                incident, notices.about(incident.id()), notices.trouble().isEmpty(), board.repairs(incident.id()));
    }

    /** What its elements call, and who calls them. */
    private MapView around(Incident incident, Board board, Instant now) {
        Set<String> elements = incident.members().stream().map(Member::element).collect(Collectors.toSet());
        CallMap map = CallMap.of(topology.calls(), incident.environment(), now, ServicesController.SPAN);
        return MapView.of(map.around(elements), board);
    }

    private List<String> troubles(NoticeAnswer notices) {
        List<String> troubles = new ArrayList<>();
        Optional<String> reading = log.problem();
        reading.ifPresent(problem -> troubles.add("Incidents may not be current: " + problem + "."));
        if (!notices.trouble().isEmpty()) {
            troubles.add("Notices are not known: the notifier is away, " + notices.trouble() + ".");
        }
        return troubles;
    }
}
