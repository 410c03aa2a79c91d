package io.tocsin.rulesengine.query;

import io.tocsin.promql.model.GoQuote;
import io.tocsin.rulesengine.rules.Durations;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The parameters of one request, from its address and its form together, read as Prometheus reads them. */
final class Parameters {

    /** Times beyond these do not fit into nanoseconds, Prometheus' own unit; nothing is there either. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000;

    private static final String EARLIEST = "-292273086-05-16T16:47:06Z";
    private static final String LATEST = "292277025-08-18T07:12:54.999999999Z";
    private static final int MAX_PARAMETERS = 10_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private int count;

    void add(String name, String value) {
        if (++count > MAX_PARAMETERS) {
            throw ApiException.badData("more than " + MAX_PARAMETERS + " parameters");
        }
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /** Adds a body of the type {@code application/x-www-form-urlencoded}. */
    void addForm(byte[] body) {
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int split = pair.indexOf('=');
            if (!pair.isEmpty()) {
                add(
                        decoded(split < 0 ? pair : pair.substring(0, split)),
                        split < 0 ? "" : decoded(pair.substring(split + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badData("error parsing form values: " + e.getMessage());
        }
    }

    /** The first value, "" for none. */
    String first(String name) {
        return values.getOrDefault(name, List.of("")).getFirst();
    }

    /** A path with all of these, as a reader would ask it. */
    String question(String path) {
        StringBuilder question = new StringBuilder(path);
        values.forEach((name, all) -> all.forEach(value -> question.append(question.indexOf("?") < 0 ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return question.toString();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return !first(name).isEmpty();
    }

    /** A time, Unix milliseconds, that must be there. */
    long time(String name) {
        String text = first(name);
        try {
            return parsed(text);
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw ApiException.badParameter(name, "cannot parse " + GoQuote.quote(text) + " to a valid timestamp");
        }
    }

    long timeOr(String name, long otherwise) {
        return has(name) ? time(name) : otherwise;
    }

    private static long parsed(String text) {
        if (isNumber(text)) {
            double seconds = Double.parseDouble(text);
            if (!(Math.abs(seconds) <= MAX_SECONDS)) {
                throw new ArithmeticException("out of range");
            }
            double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
            return ((long) whole) * 1000 + Math.round((seconds - whole) * 1000);
        }
        return switch (text) {
            case EARLIEST -> -MAX_SECONDS * 1000;
            case LATEST -> MAX_SECONDS * 1000;
            default -> OffsetDateTime.parse(text).toInstant().toEpochMilli();
        };
    }

    /** A duration in milliseconds that must be there: seconds as a number, or {@code 1m30s}. */
    long durationMs(String name) {
        String text = first(name);
        if (isNumber(text)) {
            double seconds = Double.parseDouble(text);
            if (!(Math.abs(seconds) <= MAX_SECONDS)) {
                throw ApiException.badParameter(
                        name, "cannot parse " + GoQuote.quote(text) + " to a valid duration. It overflows int64");
            }
            return (long) (seconds * 1000);
        }
        return Durations.parse(text)
                .map(Duration::toMillis)
                .orElseThrow(() -> ApiException.badParameter(
                        name, "cannot parse " + GoQuote.quote(text) + " to a valid duration"));
    }

    /** How many results are wanted at most; empty for all. */
    OptionalLong limit(String name) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        try {
            long limit = Long.parseLong(first(name));
            if (limit < 0) {
                throw ApiException.badParameter(name, "limit must be non-negative");
            }
            return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
        } catch (NumberFormatException e) {
            throw ApiException.badParameter(
                    name, "strconv.Atoi: parsing " + GoQuote.quote(first(name)) + ": invalid syntax");
        }
    }

    boolean flag(String name) {
        String text = first(name);
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "", "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw ApiException.badParameter(
                        name, "strconv.ParseBool: parsing " + GoQuote.quote(text) + ": invalid syntax");
        };
    }

    /** Java reads "1d" and "0x1p3f" as numbers too, where a unit is meant. */
    private static boolean isNumber(String text) {
        return text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    }
}
