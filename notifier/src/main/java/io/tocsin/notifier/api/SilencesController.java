package io.tocsin.notifier.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.Matcher.Operator;
import io.tocsin.notifier.silence.Silence;
import io.tocsin.notifier.silence.Silence.State;
import io.tocsin.notifier.store.Json;
import io.tocsin.notifier.store.Silences;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v2/silences}: people ask not to be told. */
@Controller("/api/v2")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SilencesController {

    private final Jdbi jdbi;
    private final InstantSource clock;

    SilencesController(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Get("/silences")
    String list(
            @QueryValue @Nullable List<String> filter,
            @QueryValue(defaultValue = "true") boolean active,
            @QueryValue(defaultValue = "true") boolean pending,
            @QueryValue(defaultValue = "true") boolean expired) {
        Instant now = clock.instant();
        List<Matcher> asked = AlertFilter.matchers(filter);
        return Json.write(jdbi.withHandle(Silences::all).stream()
                .filter(silence -> wanted(silence.state(now), active, pending, expired))
                .filter(silence -> concerns(silence, asked))
                .sorted(Silence.order(now))
                .map(silence -> show(silence, now))
                .toList());
    }

    @Post("/silences")
    HttpResponse<String> post(@Body String body) {
        Instant now = clock.instant();
        SilenceRequest request = SilenceRequest.read(body);
        String asked = Optional.ofNullable(request.id()).orElse("");
        return jdbi.inTransaction(handle -> {
            Optional<Silence> before = Silences.find(handle, asked);
            if (!asked.isEmpty() && before.isEmpty()) {
                return HttpResponse.notFound(Json.write("silence " + asked + " is not known"));
            }
            String id = keep(handle, request, before, now);
            return HttpResponse.ok(Json.write(Map.of("silenceID", id)));
        });
    }

    /** An active silence is changed in place only where it covers the same alerts; else it ends and another begins. */
    private static String keep(Handle handle, SilenceRequest request, Optional<Silence> before, Instant now) {
        Silence wanted = request.silence(before.map(Silence::id).orElse(newId()), now);
        boolean inPlace = before.isPresent()
                && before.get().state(now) != State.EXPIRED
                && before.get().matchers().equals(wanted.matchers());
        if (inPlace && before.get().state(now) == State.ACTIVE) {
            Silences.keep(handle, wanted.lasting(before.get().startsAt(), wanted.endsAt(), now));
            return wanted.id();
        }
        if (inPlace || before.isEmpty()) {
            Silences.keep(handle, wanted);
            return wanted.id();
        }
        expire(handle, before.get(), now);
        Silence next = request.silence(newId(), now);
        Silences.keep(handle, next);
        return next.id();
    }

    @Get("/silence/{id}")
    HttpResponse<String> get(String id) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> Silences.find(handle, id))
                .map(silence -> HttpResponse.ok(Json.write(show(silence, now))))
                .orElseGet(HttpResponse::notFound);
    }

    @Delete("/silence/{id}")
    HttpResponse<String> delete(String id) {
        Instant now = clock.instant();
        boolean found = jdbi.inTransaction(handle -> {
            Optional<Silence> silence = Silences.find(handle, id);
            silence.ifPresent(known -> expire(handle, known, now));
            return silence.isPresent();
        });
        return found ? HttpResponse.ok() : HttpResponse.notFound();
    }

    private static void expire(Handle handle, Silence silence, Instant now) {
        if (silence.state(now) != State.EXPIRED) {
            Instant starts = silence.startsAt().isAfter(now) ? now : silence.startsAt();
            Silences.keep(handle, silence.lasting(starts, now, now));
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static boolean wanted(State state, boolean active, boolean pending, boolean expired) {
        return switch (state) {
            case ACTIVE -> active;
            case PENDING -> pending;
            case EXPIRED -> expired;
        };
    }

    /** As amtool asks: each matcher of the question is met by an equal matcher of the silence, or by its value. */
    private static boolean concerns(Silence silence, List<Matcher> asked) {
        Map<String, String> values = new LinkedHashMap<>();
        silence.matchers().forEach(matcher -> values.put(matcher.name(), matcher.value()));
        return asked.stream().allMatch(matcher -> silence.matchers().contains(matcher) || matcher.matches(values));
    }

    private static Map<String, Object> show(Silence silence, Instant now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", silence.id());
        json.put("status", Map.of("state", silence.state(now).name().toLowerCase(Locale.ROOT)));
        json.put("updatedAt", silence.updatedAt().toString());
        json.put("annotations", silence.annotations());
        json.put("comment", silence.comment());
        json.put("createdBy", silence.createdBy());
        json.put("endsAt", silence.endsAt().toString());
        json.put(
                "matchers",
                silence.matchers().stream().map(SilencesController::show).toList());
        json.put("startsAt", silence.startsAt().toString());
        return json;
    }

    private static Map<String, Object> show(Matcher matcher) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("isEqual", matcher.operator() == Operator.EQUAL || matcher.operator() == Operator.MATCHES);
        json.put("isRegex", matcher.operator() == Operator.MATCHES || matcher.operator() == Operator.NOT_MATCHES);
        json.put("name", matcher.name());
        json.put("value", matcher.value());
        return json;
    }
}
