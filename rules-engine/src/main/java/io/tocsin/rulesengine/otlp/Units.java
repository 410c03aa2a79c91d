package io.tocsin.rulesengine.otlp;

import java.util.Map;

/**
 * A UCUM unit in Prometheus' words: {@code By/s} is "bytes" and "per_second".
 *
 * @param main what is counted; empty when the unit says nothing (1, or an annotation in braces)
 * @param per "per_…", or empty
 * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1">
 *     OpenTelemetry's rules</a>
 */
record Units(String main, String per) {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("1", ""),
            Map.entry("%", "percent"));

    private static final Map<String, String> PER_WORDS =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");

    static Units of(String ucum) {
        int slash = ucum.indexOf('/');
        String main = slash < 0 ? ucum : ucum.substring(0, slash);
        String per = slash < 0 ? "" : word(ucum.substring(slash + 1), PER_WORDS);
        return new Units(word(main, WORDS), per.isEmpty() ? "" : "per_" + per);
    }

    private static String word(String part, Map<String, String> words) {
        String unit = part.strip();
        boolean annotation = unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0;
        return annotation ? "" : words.getOrDefault(unit, unit);
    }

    /** The same with nothing but letters, digits, colons and single underscores, and none in front. */
    Units escaped() {
        return new Units(escape(main), escape(per));
    }

    /** The unit as metadata shows it, for example "bytes_per_second". */
    String word() {
        String joined = main.isEmpty() || per.isEmpty() ? main + per : main + "_" + per;
        String start = joined.startsWith("_") ? joined.substring(1) : joined;
        return start.endsWith("_") ? start.substring(0, start.length() - 1) : start;
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Characters.isMetricCharacter(c)) {
                out.appendCodePoint(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '_') {
                out.append('_');
            }
        });
        return out.toString();
    }
}
