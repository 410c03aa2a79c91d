package io.tocsin.console.query;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.engine.EngineClient;
import io.tocsin.console.engine.QueryAnswer;
import io.tocsin.console.page.Frame;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Section;
import io.tocsin.console.remote.Answer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code /query}: an expression as a table and as a graph. */
@Controller("/query")
@ExecuteOn(TaskExecutors.BLOCKING)
final class QueryController {

    private static final int MOST_ROWS = 500;
    private static final int MOST_LINES = 40;
    /** One more than are drawn, and some: how many are left out is told up to here. */
    private static final int MOST_ASKED = 1_000;

    private static final int MOST_NAMES = 2_000;

    private final EngineClient engine;
    private final InstantSource clock;
    private final Pages pages;
    private final JsonMapper json = JsonMapper.shared();

    QueryController(EngineClient engine, InstantSource clock, Pages pages) {
        this.engine = engine;
        this.clock = clock;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> query(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String expr,
            @QueryValue(defaultValue = Span.USUAL) String range) {
        Frame frame = pages.frame(request, Section.QUERY);
        Answer<QueryAnswer> answer = expr.isBlank()
                ? new Answer.Known<>(new QueryAnswer(List.of(), List.of()))
                : engine.query(expr, clock.instant(), MOST_ASKED);
        QueryAnswer known = answer.or(new QueryAnswer(List.of(), List.of()));
        return pages.page(
                "query.jte",
                Map.of(
                        "frame",
                        frame,
                        "question",
                        new Question(expr, Span.LENGTHS.containsKey(range) ? range : Span.USUAL),
                        "problem",
                        answer.trouble(),
                        "answer",
                        known,
                        "rows",
                        known.series().stream().limit(MOST_ROWS).toList(),
                        "metrics",
                        engine.metrics(MOST_NAMES).or(List.of())));
    }

    /** What a plot is drawn from: {@code times}, {@code names}, {@code columns}, {@code left}, or {@code error}. */
    @Get("/data")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<String> data(
            @QueryValue String expr,
            @QueryValue(defaultValue = Span.USUAL) String range,
            @QueryValue(defaultValue = "0") long until) {
        Instant end = until > 0 ? Instant.ofEpochSecond(until) : clock.instant();
        Span span = Span.ending(end, Span.length(range));
        return switch (engine.range(expr, span.from(), span.until(), span.step(), MOST_ASKED)) {
            case Answer.Known<QueryAnswer>(QueryAnswer answer) ->
                said(HttpStatus.OK, Graph.of(answer, MOST_LINES).json(answer.warnings()));
            case Answer.Declined<QueryAnswer>(int _, String problem, String _) ->
                said(HttpStatus.UNPROCESSABLE_ENTITY, Map.of("error", problem));
            case Answer.Away<QueryAnswer>(String problem) ->
                said(HttpStatus.SERVICE_UNAVAILABLE, Map.of("error", "the rules engine is away: " + problem));
        };
    }

    private HttpResponse<String> said(HttpStatus status, Map<String, Object> value) {
        return HttpResponse.<String>status(status)
                .body(json.writeValueAsString(value))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
