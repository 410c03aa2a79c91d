package io.tocsin.notifier.api;

import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.silence.Silence;
import io.tocsin.notifier.store.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A silence as API v2 receives it ({@code postableSilence}).
 *
 * @param id of the silence to change; absent for a new one
 * @param matchers all must hold
 * @param startsAt RFC 3339
 * @param endsAt RFC 3339
 * @param createdBy who
 * @param comment why
 * @param annotations what the client notes on it
 */
record SilenceRequest(
        @Nullable String id,
        @Nullable List<Condition> matchers,
        @Nullable String startsAt,
        @Nullable String endsAt,
        @Nullable String createdBy,
        @Nullable String comment,
        @Nullable Map<String, String> annotations) {

    /** A matcher as the API writes it. */
    record Condition(
            @Nullable String name,
            @Nullable String value,
            @Nullable Boolean isRegex,
            @Nullable Boolean isEqual) {

        Matcher matcher() {
            return new Matcher(
                    required(name, "name of a matcher"),
                    Matcher.Operator.of(!Boolean.FALSE.equals(isEqual), Boolean.TRUE.equals(isRegex)),
                    required(value, "value of a matcher"));
        }
    }

    /**
     * Reads a request.
     *
     * @throws BadRequest when it is not JSON of this form
     */
    static SilenceRequest read(String json) {
        try {
            SilenceRequest request = Json.read(json, SilenceRequest.class);
            if (request == null) {
                throw new BadRequest("a silence is a JSON object");
            }
            return request;
        } catch (JacksonException e) {
            throw new BadRequest("not a silence: " + e.getOriginalMessage());
        }
    }

    /**
     * The silence of this request.
     *
     * @param id of the silence
     * @throws BadRequest when something is missing or makes no sense
     */
    Silence silence(String id, Instant now) {
        Instant starts = time(startsAt, "startsAt");
        Instant ends = time(endsAt, "endsAt");
        if (!ends.isAfter(now)) {
            throw new BadRequest("a silence must not end in the past");
        }
        try {
            return new Silence(
                    id,
                    Objects.requireNonNullElse(matchers, List.<Condition>of()).stream()
                            .map(Condition::matcher)
                            .toList(),
                    starts.isBefore(now) ? now : starts,
                    ends,
                    required(createdBy, "createdBy"),
                    required(comment, "comment"),
                    now,
                    new TreeMap<>(Objects.requireNonNullElse(annotations, Map.<String, String>of())));
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Instant time(@Nullable String text, String what) {
        try {
            return OffsetDateTime.parse(required(text, what)).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequest(what + " is not a time of RFC 3339: " + text);
        }
    }

    private static String required(@Nullable String value, String what) {
        if (value == null) {
            throw new BadRequest(what + " is missing");
        }
        return value;
    }
}
