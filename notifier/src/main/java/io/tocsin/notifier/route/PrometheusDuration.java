package io.tocsin.notifier.route;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 1h30m}, {@code 500ms}, {@code 2w}; {@code 0} is allowed bare. */
public final class PrometheusDuration {

    private static final Pattern GRAMMAR = Pattern.compile("(?:(\\d{1,6})y)?(?:(\\d{1,6})w)?(?:(\\d{1,6})d)?"
            + "(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
    private static final long[] UNIT_MILLIS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
    };

    private PrometheusDuration() {}

    /** The duration, or empty when the text is not one. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher parts = GRAMMAR.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        long millis = 0;
        for (int i = 0; i < UNIT_MILLIS.length; i++) {
            String part = parts.group(i + 1);
            if (part != null) {
                millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(part), UNIT_MILLIS[i]));
            }
        }
        return Optional.of(Duration.ofMillis(millis));
    }
}
