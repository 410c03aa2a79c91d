package io.tocsin.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times and numbers are written. */
public final class Words {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Duration RECENT = Duration.ofHours(20);

    private Words() {}

    /** A length of time in its two largest units, as people say it: "45 s", "12 min", "3 h 5 min", "2 d 4 h". */
    public static String length(Duration length) {
        Duration time = length.isNegative() ? Duration.ZERO : length;
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 1
                ? two(time.toHours(), " h", time.toMinutesPart(), " min")
                : two(time.toDays(), " d", time.toHoursPart(), " h");
    }

    /** The length of time between two moments. */
    public static String length(Instant from, Instant until) {
        return length(Duration.between(from, until));
    }

    /** Time of day (UTC), with the date when it is not of the last hours. */
    public static String clock(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(RECENT) < 0 ? CLOCK.format(at) : DAY.format(at);
    }

    /** A number with at most four significant digits. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceAll("(\\.\\d*?)0+($|e)", "$1$2")
                .replaceAll("\\.($|e)", "$1");
    }

    /** The address of an incident's page. */
    public static String incident(String id) {
        return "/incidents/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** "1 alert", "3 alerts". */
    public static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
