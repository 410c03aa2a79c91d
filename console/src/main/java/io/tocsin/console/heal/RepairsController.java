package io.tocsin.console.heal;

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
import io.tocsin.console.heal.Healing.Entry;
import io.tocsin.console.heal.Healing.Freeze;
import io.tocsin.console.heal.Healing.Playbooks;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.page.Form;
import io.tocsin.console.page.Frame;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Section;
import io.tocsin.console.page.Words;
import io.tocsin.console.remote.Answer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code /repairs}: what waits for a person, the kill switch, and the audit. */
@Controller("/repairs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RepairsController {

    private static final int MOST_AUDIT = 200;

    private final SelfhealClient selfheal;
    private final LiveFeed live;
    private final Pages pages;

    RepairsController(SelfhealClient selfheal, LiveFeed live, Pages pages) {
        this.selfheal = selfheal;
        this.live = live;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, @QueryValue(defaultValue = "") String incident) {
        return page(HttpStatus.OK, request, incident, "");
    }

    @Post("/approvals/{id}/{answer}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> answer(HttpRequest<?> request, String id, String answer, @Body String body) {
        return switch (answer) {
            case "approve" ->
                done(request, selfheal.answer(id, true, Viewer.of(request).name(), note(body)));
            case "reject" ->
                done(request, selfheal.answer(id, false, Viewer.of(request).name(), note(body)));
            default -> pages.missing(pages.frame(request, Section.REPAIRS), "An answer is approve or reject.");
        };
    }

    @Post("/freeze")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> freeze(HttpRequest<?> request, @Body String body) {
        return done(request, selfheal.freeze(true, Viewer.of(request).name(), note(body)));
    }

    @Post("/thaw")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> thaw(HttpRequest<?> request, @Body String body) {
        return done(request, selfheal.freeze(false, Viewer.of(request).name(), note(body)));
    }

    @Post("/quarantine/{target}/release")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> release(HttpRequest<?> request, String target, @Body String body) {
        return done(request, selfheal.release(target, Viewer.of(request).name(), note(body)));
    }

    private static String note(String body) {
        return Form.of(body).get("note").strip();
    }

    private HttpResponse<String> done(HttpRequest<?> request, Answer<JsonNode> answer) {
        live.changed();
        return answer instanceof Answer.Known<JsonNode>
                ? Pages.to("/repairs")
                : page(HttpStatus.UNPROCESSABLE_ENTITY, request, "", "Not done: " + answer.trouble() + ".");
    }

    private HttpResponse<String> page(HttpStatus status, HttpRequest<?> request, String incident, String problem) {
        Frame frame = pages.frame(request, Section.REPAIRS);
        Answer<List<Asked>> asked = selfheal.asked();
        Answer<Freeze> freeze = selfheal.freeze();
        Answer<List<String>> quarantine = selfheal.quarantine();
        Answer<Playbooks> playbooks = selfheal.playbooks();
        Answer<List<Entry>> audit = selfheal.audit(incident, MOST_AUDIT);
        String trouble = List.of(asked, freeze, quarantine, playbooks, audit).stream()
                .map(answer -> Words.trouble("Self-healing cannot be asked", answer))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
        return pages.page(
                status,
                "repairs.jte",
                Map.of(
                        "frame",
                        (status == HttpStatus.OK ? frame : frame.at("/repairs")).with(List.of(problem, trouble)),
                        "known",
                        freeze instanceof Answer.Known<Freeze>,
                        "healing",
                        new Healing(
                                asked.or(List.of()),
                                freeze.or(new Freeze(false, "")),
                                quarantine.or(List.of()),
                                playbooks.or(new Playbooks(List.of(), List.of())),
                                audit.or(List.of())),
                        "incident",
                        incident));
    }
}
