package io.tocsin.console.page;

import io.tocsin.console.remote.Answer;
import io.tocsin.console.remote.Remote;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** A share, 0 to 1, in percent: "2.5 %". */
    public static String percent(double share) {
        return number(Math.rint(share * 1_000) / 10) + " %";
    }

    /** Calls a second, or a minute where they are few: "12/s", "3/min". */
    public static String rate(double perSecond) {
        return perSecond >= 1 || perSecond == 0
                ? number(Math.rint(perSecond * 10) / 10) + "/s"
                : number(Math.rint(perSecond * 600) / 10) + "/min";
    }

    /** A value as PromQL writes it: also {@code +Inf}, {@code -Inf} and {@code NaN}. */
    public static String value(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.isNaN(value) ? "NaN" : number(value);
    }

    /** The address of an incident's page. */
    public static String incident(String id) {
        return "/incidents/" + Remote.encoded(id);
    }

    /** What is not known, and why; empty when it is known. */
    public static String trouble(String what, Answer<?> answer) {
        return answer.trouble().isEmpty() ? "" : what + ": " + answer.trouble() + ".";
    }

    /** How long ago; "never" for times before the first that can be. */
    public static String ago(Instant at, Instant now) {
        return at.isAfter(Instant.EPOCH) ? length(at, now) + " ago" : "never";
    }

    /** A number of seconds as people say it, also small ones: "250 µs", "12 ms", "3 s", "5 min". */
    public static String seconds(double seconds) {
        if (seconds <= 0) {
            return "0 s";
        }
        if (seconds < 1e-3) {
            return number(Math.rint(seconds * 1e6)) + " µs";
        }
        if (seconds < 1) {
            return number(Math.rint(seconds * 1e3)) + " ms";
        }
        return seconds < 60
                ? number(Math.rint(seconds * 10) / 10) + " s"
                : length(Duration.ofMillis((long) (seconds * 1e3)));
    }

    /** The address of a page that shows an expression. */
    public static String query(String expr) {
        return "/query?expr=" + Remote.encoded(expr);
    }

    /** The address of a form that silences what has these labels. */
    public static String silence(Map<String, String> labels) {
        return "/silences?matchers="
                + Remote.encoded(labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                        .collect(Collectors.joining("\n")));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** "1 alert", "3 alerts". */
    public static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
