package io.tocsin.notifier.template;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.GoValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads times that are written like Go's reference time, as its {@code time.ParseInLocation} with UTC does. */
final class GoLayout {

    /** At each place the first that fits counts. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        String[] parts = {
            "January", "MMMM", "Jan", "MMM", "Monday", "EEEE", "Mon", "EEE", "MST", "zzz", "2006", "uuuu", "-07:00",
            "xxx", "-0700", "xx", "Z07:00", "XXX", "Z0700", "XX", "01", "MM", "002", "DDD", "02", "dd", "03", "hh",
            "04", "mm", "05", "ss", "06", "uu", "15", "HH", "_2", "ppd", "PM", "a", "1", "M", "2", "d", "3", "h", "4",
            "m", "5", "s"
        };
        for (int i = 0; i < parts.length; i += 2) {
            PARTS.put(parts[i], parts[i + 1]);
        }
    }

    private GoLayout() {}

    static ZonedDateTime parse(String layout, String text) throws FunctionException {
        try {
            TemporalAccessor parsed = formatter(layout).parse(text);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneId zone =
                    Optional.ofNullable(parsed.query(TemporalQueries.zone())).orElse(ZoneOffset.UTC);
            // Go's zero time is in the year 1, its times of day alone in the year 0.
            return ZonedDateTime.of(
                    date == null ? LocalDate.of(0, 1, 1) : date, time == null ? LocalTime.MIDNIGHT : time, zone);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new FunctionException(
                    "parsing time " + GoValue.quoted(text) + " as " + GoValue.quoted(layout) + ": " + e.getMessage(),
                    e);
        }
    }

    private static DateTimeFormatter formatter(String layout) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        int at = 0;
        while (at < layout.length()) {
            int from = at;
            Optional<String> part = PARTS.keySet().stream()
                    .filter(name -> layout.startsWith(name, from))
                    .findFirst();
            if (part.isPresent()) {
                builder.appendPattern(PARTS.getOrDefault(part.get(), ""));
                at += part.get().length();
            } else {
                builder.appendLiteral(layout.charAt(at));
                at++;
            }
        }
        return builder.toFormatter(Locale.ROOT);
    }
}
