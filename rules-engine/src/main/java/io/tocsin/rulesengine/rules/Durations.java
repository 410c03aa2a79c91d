package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 1h30m}, {@code 5m}, {@code 0}; units y w d h m s ms, largest first. */
public final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] MILLIS = {365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    /** Prometheus holds nanoseconds in 64 bits. */
    private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

    private Durations() {}

    /** The duration, or nothing when the text is none or more than 292 years. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        try {
            long millis = 0;
            for (int unit = 0; unit < MILLIS.length; unit++) {
                String digits = matcher.group(unit + 1);
                long count = digits == null ? 0 : Long.parseLong(digits);
                millis = Math.addExact(millis, Math.multiplyExact(count, MILLIS[unit]));
            }
            return millis > MAX_MILLIS ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty(); // Too long for 64 bits: not a duration, as the caller reports.
        }
    }

    /** The shortest form that Prometheus prints; years and weeks only for whole multiples. */
    public static String format(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        for (int unit = 0; unit < MILLIS.length; unit++) {
            boolean exactOnly = unit < 3;
            if (exactOnly && rest % MILLIS[unit] != 0) {
                continue;
            }
            long count = rest / MILLIS[unit];
            if (count > 0) {
                out.append(count).append(UNITS[unit]);
                rest -= count * MILLIS[unit];
            }
        }
        return out.toString();
    }
}
