package io.tocsin.notifier.api;

import io.tocsin.contracts.AlertIdentity;
import io.tocsin.notifier.external.Posted;
import io.tocsin.notifier.store.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * An alert as API v2 receives it ({@code postableAlert}).
 *
 * @param labels its identity
 * @param annotations texts for people
 * @param generatorURL where the expression can be looked at
 * @param startsAt RFC 3339; absent for now
 * @param endsAt RFC 3339; absent for {@code resolve_timeout} from now
 */
public record AlertRequest(
        @Nullable Map<String, @Nullable String> labels,
        @Nullable Map<String, @Nullable String> annotations,
        @Nullable String generatorURL,
        @Nullable String startsAt,
        @Nullable String endsAt) {

    private static final TypeReference<List<@Nullable AlertRequest>> ALERTS = new TypeReference<>() {};
    /** Go writes a time that is not set as the first second of the first year. */
    private static final int FIRST_YEAR = 1;

    /**
     * Reads the alerts of a request.
     *
     * @throws BadRequest when it is not a JSON array of this form
     */
    public static List<@Nullable AlertRequest> read(String json) {
        try {
            List<@Nullable AlertRequest> alerts = Json.read(json, ALERTS);
            if (alerts == null) {
                throw new BadRequest("alerts are a JSON array");
            }
            return alerts;
        } catch (JacksonException e) {
            throw new BadRequest("not an array of alerts: " + e.getOriginalMessage());
        }
    }

    /**
     * The alert as it counts.
     *
     * @throws BadRequest when it cannot be taken; the message says why
     */
    public Posted posted(Instant now, Duration resolveTimeout) {
        Map<String, String> named = texts(labels, "label");
        try {
            return Posted.of(
                    AlertIdentity.fingerprint(Posted.sorted(named)),
                    named,
                    texts(annotations, "annotation"),
                    Objects.requireNonNullElse(generatorURL, ""),
                    time(startsAt, "startsAt"),
                    time(endsAt, "endsAt"),
                    now,
                    resolveTimeout);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> texts(@Nullable Map<String, @Nullable String> given, String what) {
        Map<String, String> texts = new java.util.TreeMap<>();
        if (given != null) {
            given.forEach((name, value) -> {
                if (name.isEmpty()) {
                    throw new BadRequest("the name of a " + what + " must not be empty");
                }
                texts.put(name, value == null ? "" : value);
            });
        }
        return texts;
    }

    private static @Nullable Instant time(@Nullable String text, String what) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() <= FIRST_YEAR ? null : time.toInstant();
        } catch (DateTimeException e) {
            throw new BadRequest(what + " is not a time of RFC 3339: " + text);
        }
    }
}
