package io.tocsin.console.silence;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.access.Viewer;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.notice.NotedAlert;
import io.tocsin.console.notice.NotifierClient;
import io.tocsin.console.page.Form;
import io.tocsin.console.page.Frame;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Section;
import io.tocsin.console.page.Words;
import io.tocsin.console.remote.Answer;
import io.tocsin.console.remote.Remotes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** {@code /silences}: those there are, a form for another one with what it would cover, and an end to each. */
@Controller("/silences")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SilencesController {

    private static final int MOST_EXPIRED = 30;
    private static final int MOST_COVERED = 100;

    private final Remotes remotes;
    private final NotifierClient notifier;
    private final LiveFeed live;
    private final InstantSource clock;
    private final Pages pages;

    SilencesController(Remotes remotes, NotifierClient notifier, LiveFeed live, InstantSource clock, Pages pages) {
        this.remotes = remotes;
        this.notifier = notifier;
        this.live = live;
        this.clock = clock;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> list(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String matchers,
            @QueryValue(defaultValue = Draft.USUAL) String duration,
            @QueryValue(defaultValue = "") String comment) {
        return page(HttpStatus.OK, request, new Draft(matchers, duration, comment), "");
    }

    /** A part of the page: what the matchers in the form cover now. */
    @Get("/preview")
    HttpResponse<String> preview(@QueryValue(defaultValue = "") String matchers) {
        return pages.page("preview.jte", Map.of("preview", preview(new Draft(matchers, "", ""))));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> create(HttpRequest<?> request, @Body String body) {
        Draft draft = Draft.of(Form.of(body));
        try {
            Map<String, Object> silence = draft.request(Viewer.of(request).name(), clock.instant());
            String trouble =
                    remotes.notifier().post("/api/v2/silences", silence).trouble();
            if (!trouble.isEmpty()) {
                return page(HttpStatus.UNPROCESSABLE_ENTITY, request, draft, "Not silenced: " + trouble + ".");
            }
            live.changed();
            return Pages.to("/silences");
        } catch (IllegalArgumentException e) {
            return page(HttpStatus.UNPROCESSABLE_ENTITY, request, draft, e.getMessage() + ".");
        }
    }

    @Post("/{id}/expire")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> expire(HttpRequest<?> request, String id, @Body String ignored) {
        String trouble = remotes.notifier()
                .delete("/api/v2/silence/" + io.tocsin.console.remote.Remote.encoded(id))
                .trouble();
        if (!trouble.isEmpty()) {
            return page(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    request,
                    new Draft("", Draft.USUAL, ""),
                    "Silence " + id + " goes on: " + trouble + ".");
        }
        live.changed();
        return Pages.to("/silences");
    }

    private HttpResponse<String> page(HttpStatus status, HttpRequest<?> request, Draft draft, String problem) {
        Frame frame = pages.frame(request, Section.SILENCES).at("/silences");
        Answer<List<Silence>> silences =
                remotes.notifier().get("/api/v2/silences", "", new TypeReference<List<Silence>>() {});
        List<Silence> known = silences.or(List.of());
        return pages.page(
                status,
                "silences.jte",
                Map.of(
                        "frame",
                        frame.with(List.of(Words.trouble("Silences are not known: the notifier is away", silences))),
                        "lasting",
                        known.stream()
                                .filter(silence -> !silence.isExpired())
                                .sorted(Comparator.comparing(Silence::endsAt))
                                .toList(),
                        "expired",
                        known.stream()
                                .filter(Silence::isExpired)
                                .sorted(Comparator.comparing(Silence::endsAt, Comparator.<Instant>reverseOrder()))
                                .limit(MOST_EXPIRED)
                                .toList(),
                        "draft",
                        draft,
                        "preview",
                        preview(draft),
                        "problem",
                        problem));
    }

    private SilencePreview preview(Draft draft) {
        if (draft.matchers().isBlank()) {
            return new SilencePreview(false, "", List.of(), 0);
        }
        try {
            Answer<List<NotedAlert>> covered =
                    notifier.alerts(draft.read().stream().map(Matcher::text).toList());
            List<NotedAlert> alerts = covered.or(List.of());
            return new SilencePreview(
                    true,
                    Words.trouble("What it would cover is not known", covered),
                    alerts.stream().limit(MOST_COVERED).toList(),
                    alerts.size());
        } catch (IllegalArgumentException e) {
            return new SilencePreview(true, e.getMessage() + ".", List.of(), 0);
        }
    }
}
