package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a service answered.
 *
 * @param status of HTTP
 * @param headers the first value of each, by name in small letters
 * @param body the whole text
 * @param at when it was asked
 */
public record HttpReply(int status, Map<String, String> headers, String body, Instant at) {

    private static final int SHOWN_BODY = 200;
    /** No service has a say over more than this. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    public HttpReply {
        Map<String, String> small = new TreeMap<>();
        headers.forEach((name, value) -> small.put(name.toLowerCase(Locale.ROOT), value));
        headers = java.util.Collections.unmodifiableMap(small);
    }

    /** Whether the request was carried out. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** What it means by its status alone: 2xx is told, 408, 429 and 5xx may work later, the others never. */
    public Outcome outcome() {
        if (isSuccess()) {
            return new Outcome.Accepted("HTTP " + status);
        }
        return status == 429 || status == 408 || status / 100 == 5 ? later() : never();
    }

    /** The service may take it later. */
    public Outcome later() {
        return new Outcome.Failed(words(), retryAfter());
    }

    /** The service will never take it. */
    public Outcome never() {
        return new Outcome.Refused(words());
    }

    /** Status and the beginning of the body, in one line. */
    public String words() {
        String line = body.strip().replaceAll("\\s+", " ");
        String shown = line.length() <= SHOWN_BODY ? line : line.substring(0, SHOWN_BODY) + "…";
        return shown.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + shown;
    }

    /** The body as JSON; nothing where it is none. */
    public JsonNode json() {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            // Services answer in other formats when something before them does; the status says enough then.
            return MissingNode.getInstance();
        }
    }

    /** How long the service wants to be left alone. RFC 9110, 10.2.3: seconds or a date. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"))
                .flatMap(value -> seconds(value).or(() -> date(value).map(until -> Duration.between(at, until))))
                .filter(Duration::isPositive)
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static Optional<Duration> seconds(String value) {
        try {
            // Some services write fractions.
            double seconds = Double.parseDouble(value.strip());
            return seconds >= 0 && seconds < Integer.MAX_VALUE
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            // Then it may be a date.
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            // A service that writes neither form has not said how long to wait.
            return Optional.empty();
        }
    }
}
