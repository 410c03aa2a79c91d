package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --from} and {@code --to}: a time as RFC 3339 writes it, or how long ago, for example {@code 2h}. */
final class SpanOptions {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "2026-11-27T10:00:00Z, or how long ago: 2h (default: all there is).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "As --from (default: now).")
    private @Nullable String to;

    /** The span that is asked for. */
    Span span(Instant now) {
        long begin = from == null ? Long.MIN_VALUE : time("--from", from, now).toEpochMilli();
        long end = to == null ? Long.MAX_VALUE : time("--to", to, now).toEpochMilli();
        if (end < begin) {
            throw new UserError("--to lies before --from");
        }
        return new Span(begin, end);
    }

    private static Instant time(String option, String text, Instant now) {
        Optional<Duration> ago = Durations.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new UserError(
                    option + ": expected a time as 2026-11-27T10:00:00Z, or how long ago as 2h; found '" + text + "'");
        }
    }
}
