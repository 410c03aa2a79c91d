package io.tocsin.console.silence;

import io.tocsin.console.page.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A silence that somebody is about to ask for.
 *
 * @param matchers one a line
 * @param duration key of one of {@link #DURATIONS}
 * @param comment why
 */
public record Draft(String matchers, String duration, String comment) {

    /** How long a silence can last, by key. */
    public static final SequencedMap<String, Duration> DURATIONS = new LinkedHashMap<>();

    static {
        DURATIONS.put("30m", Duration.ofMinutes(30));
        DURATIONS.put("1h", Duration.ofHours(1));
        DURATIONS.put("2h", Duration.ofHours(2));
        DURATIONS.put("4h", Duration.ofHours(4));
        DURATIONS.put("12h", Duration.ofHours(12));
        DURATIONS.put("1d", Duration.ofDays(1));
        DURATIONS.put("3d", Duration.ofDays(3));
        DURATIONS.put("7d", Duration.ofDays(7));
    }

    static final String USUAL = "2h";

    static Draft of(Form form) {
        return new Draft(
                form.get("matchers"), form.get("duration"), form.get("comment").strip());
    }

    /**
     * Its matchers.
     *
     * @throws IllegalArgumentException in words, when a line is none or there is none
     */
    List<Matcher> read() {
        List<Matcher> read = Matcher.parse(matchers);
        if (read.isEmpty()) {
            throw new IllegalArgumentException("Say what to silence: at least one label");
        }
        return read;
    }

    /**
     * What the API takes.
     *
     * @throws IllegalArgumentException in words, when something is missing
     */
    Map<String, Object> request(String by, Instant now) {
        Duration lasts = DURATIONS.get(duration);
        if (lasts == null) {
            throw new IllegalArgumentException("Say how long: one of " + String.join(", ", DURATIONS.keySet()));
        }
        if (comment.isEmpty()) {
            throw new IllegalArgumentException("Say why: others will wonder");
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("matchers", read());
        request.put("startsAt", now.toString());
        request.put("endsAt", now.plus(lasts).toString());
        request.put("createdBy", by);
        request.put("comment", comment);
        return request;
    }
}
