package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.engine.QueryResult;
import io.tocsin.promql.model.Value;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.rulesengine.RulesEngineConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Evaluates and formats expressions. */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class QueryController {

    private static final String TRUNCATED = "results truncated due to limit";

    private final Gate gate;
    private final FanOut fanOut;
    private final QuerySettings settings;
    private final RulesEngineConfig config;
    private final Clock clock;

    QueryController(Gate gate, FanOut fanOut, QuerySettings settings, RulesEngineConfig config, Clock clock) {
        this.gate = gate;
        this.fanOut = fanOut;
        this.settings = settings;
        this.config = config;
        this.clock = clock;
    }

    @Get("/query")
    HttpResponse<byte[]> query(HttpRequest<?> request) {
        return gate.answer("query", request, null, this::instant);
    }

    @Post("/query")
    HttpResponse<byte[]> queryForm(HttpRequest<?> request, @Body byte @Nullable [] form) {
        return gate.answer("query", request, form, this::instant);
    }

    @Get("/query_range")
    HttpResponse<byte[]> range(HttpRequest<?> request) {
        return gate.answer("query_range", request, null, this::range);
    }

    @Post("/query_range")
    HttpResponse<byte[]> rangeForm(HttpRequest<?> request, @Body byte @Nullable [] form) {
        return gate.answer("query_range", request, form, this::range);
    }

    @Get("/format_query")
    HttpResponse<byte[]> format(HttpRequest<?> request) {
        return gate.answer("format_query", request, null, QueryController::formatted);
    }

    @Post("/format_query")
    HttpResponse<byte[]> formatForm(HttpRequest<?> request, @Body byte @Nullable [] form) {
        return gate.answer("format_query", request, form, QueryController::formatted);
    }

    private Reply instant(Parameters parameters) {
        OptionalLong limit = parameters.limit("limit");
        long at = parameters.timeOr("time", clock.millis());
        Engine engine = engine(parameters);
        FanOut.Question series = fanOut.question(parameters);
        return reply(engine.instant(expression(parameters), series, at), series, limit);
    }

    private Reply range(Parameters parameters) {
        OptionalLong limit = parameters.limit("limit");
        long start = parameters.time("start");
        long end = parameters.time("end");
        if (end < start) {
            throw ApiException.badParameter("end", "end timestamp must not be before start time");
        }
        long step = parameters.durationMs("step");
        if (step <= 0) {
            throw ApiException.badParameter(
                    "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if ((end - start) / step > QuerySettings.MAX_STEPS) {
            throw ApiException.badData("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing"
                    + " the query resolution (?step=XX)");
        }
        Engine engine = engine(parameters);
        Expr expr = expression(parameters);
        if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
            throw ApiException.badParameter(
                    "query",
                    "invalid expression type \"" + expr.type().documented()
                            + "\" for range query, must be Scalar or instant Vector");
        }
        FanOut.Question series = fanOut.question(parameters);
        return reply(engine.range(expr, series, start, end, step), series, limit);
    }

    private static Reply formatted(Parameters parameters) {
        return Reply.of(PromqlFormatter.pretty(expression(parameters)));
    }

    @SuppressWarnings("ReferenceEquality") // What is not cut is returned as it is.
    private static Reply reply(QueryResult result, FanOut.Question series, OptionalLong limit) {
        boolean cut = limit.isPresent() && Truncation.size(result.value()) > limit.getAsLong();
        Value value = cut ? Truncation.first(result.value(), (int) limit.getAsLong()) : result.value();
        Reply reply = new Reply(out -> Json.write(value, out), result.warnings(), result.infos());
        return (cut ? reply.warning(List.of(TRUNCATED)) : reply).warning(series.missing());
    }

    static Expr expression(Parameters parameters) {
        try {
            return PromqlParser.parse(parameters.first("query"));
        } catch (PromqlParseException e) {
            throw ApiException.badParameter("query", String.valueOf(e.getMessage()));
        }
    }

    private Engine engine(Parameters parameters) {
        Duration lookback = Duration.ofMillis(
                parameters.has("lookback_delta")
                        ? parameters.durationMs("lookback_delta")
                        : config.storeLimits().lookbackMs());
        if (!lookback.isPositive()) {
            throw ApiException.badData("lookback_delta must be positive");
        }
        Duration timeout =
                parameters.has("timeout") ? Duration.ofMillis(parameters.durationMs("timeout")) : settings.timeout();
        if (!timeout.isPositive()) {
            throw new ApiException(Failure.TIMEOUT, "query timed out in query queue");
        }
        return new Engine(EngineOptions.DEFAULT
                .withLookback(lookback)
                .withDefaultSubqueryStep(range -> config.standardInterval().toMillis())
                .withLimits(settings.limits(timeout))
                .withCancelled(() -> Thread.currentThread().isInterrupted()));
    }
}
