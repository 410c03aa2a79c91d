package io.tocsin.selfheal.action.http;

import java.time.Instant;
import java.util.Optional;

/**
 * What was answered.
 *
 * @param body its beginning, at most 4 MiB
 * @param date the answerer's own clock, in whole seconds
 */
public record Response(int status, String body, Optional<Instant> date) {

    private static final int SHOWN = 200;

    /** Status and the body's beginning, in one line. */
    public String shown() {
        String line = body.strip().replaceAll("\\s+", " ");
        String cut = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
        return "HTTP " + status + (cut.isEmpty() ? "" : ": " + cut);
    }
}
