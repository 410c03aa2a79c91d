package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.model.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Prometheus names of OpenTelemetry metrics.
 *
 * @param namespace prefix of every name, or empty
 * @param strategy what is escaped and what is appended
 * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">the rules</a>
 */
public record MetricNames(String namespace, TranslationStrategy strategy) {

    /**
     * The name of a metric family.
     *
     * @param name OpenTelemetry's name
     * @param unit its UCUM unit, or empty
     * @throws NameException when nothing readable is left of the name
     */
    public String family(String name, String unit, MetricKind kind) throws NameException {
        if (strategy.utf8()) {
            return whole(name, unit, kind);
        }
        String escaped = strategy.suffixes() ? normalised(name, unit, kind) : escapedOnly(name);
        if (escaped.isEmpty()) {
            throw new NameException("normalization for metric " + GoQuote.quote(name) + " resulted in empty name");
        }
        if (!escaped.equals(name) && Characters.onlyUnderscores(escaped)) {
            throw new NameException("normalization for metric " + GoQuote.quote(name) + " resulted in invalid name "
                    + GoQuote.quote(escaped));
        }
        return escaped;
    }

    /** The unit in Prometheus' words, for example "seconds"; empty when there is none. */
    public String unit(String ucum) {
        Units units = Units.of(ucum);
        return (strategy.utf8() ? units : units.escaped()).word();
    }

    private String escapedOnly(String name) {
        IntPredicate kept = c -> c == '_' || Characters.isMetricCharacter(c);
        String joined = String.join("_", tokens(name, kept));
        return namespace.isEmpty() ? afterDigitCheck(joined) : String.join("_", tokens(namespace, kept)) + "_" + joined;
    }

    private String normalised(String name, String unit, MetricKind kind) {
        List<String> tokens = tokens(name, Characters::isMetricCharacter);
        appendUnit(tokens, Units.of(unit).escaped());
        if (kind == MetricKind.MONOTONIC_COUNTER) {
            moveLast(tokens, "total");
        }
        if (isRatio(unit, kind)) {
            moveLast(tokens, "ratio");
        }
        if (!namespace.isEmpty()) {
            tokens.add(0, namespace);
        }
        return afterDigitCheck(String.join("_", tokens));
    }

    private static void appendUnit(List<String> tokens, Units units) {
        String per = withoutEnd(units.per(), "_");
        boolean addsPer = !per.isEmpty() && !per.equals("per") && !tokens.contains(per);
        String main = addsPer ? withoutEnd(units.main(), "_") : units.main();
        if (!main.isEmpty() && !tokens.contains(units.main())) {
            tokens.add(main);
        }
        if (addsPer) {
            tokens.add(per);
        }
    }

    /** Suffixes go on in the order unit, per, total, ratio; one that the name already ends with is not doubled. */
    private String whole(String name, String unit, MetricKind kind) throws NameException {
        if (name.isEmpty()) {
            throw new NameException("metric name is empty");
        }
        String stem = namespace.isEmpty() ? name : namespace + "_" + name;
        if (!strategy.suffixes()) {
            return stem;
        }
        Units units = Units.of(unit);
        String end = "";
        if (isRatio(unit, kind)) {
            stem = withoutSuffix(stem, "ratio");
            end = "_ratio";
        }
        if (kind == MetricKind.MONOTONIC_COUNTER) {
            stem = withoutSuffix(stem, "total");
            end = "_total" + end;
        }
        if (!units.per().isEmpty()) {
            stem = withoutSuffix(stem, units.per());
            end = "_" + units.per() + end;
        }
        boolean addsMain = !units.main().isEmpty() && !stem.endsWith(units.main());
        return stem + (addsMain ? "_" + units.main() : "") + end;
    }

    /** Only gauges: many senders give counters of things the unit 1. */
    private static boolean isRatio(String unit, MetricKind kind) {
        return kind == MetricKind.GAUGE && unit.equals("1");
    }

    private static void moveLast(List<String> tokens, String word) {
        tokens.removeIf(word::equals);
        tokens.add(word);
    }

    private static String afterDigitCheck(String name) {
        return Characters.startsWithDigit(name) ? "_" + name : name;
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    /** Cuts the suffix and the delimiter before it, if something is left then. */
    private static String withoutSuffix(String name, String suffix) {
        int rest = name.length() - suffix.length() - 1;
        return name.endsWith(suffix) && rest > 0 ? name.substring(0, rest) : name;
    }

    private static List<String> tokens(String text, IntPredicate kept) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (kept.test(c)) {
                token.appendCodePoint(c);
            } else if (!token.isEmpty()) {
                tokens.add(token.toString());
                token.setLength(0);
            }
        });
        if (!token.isEmpty()) {
            tokens.add(token.toString());
        }
        return tokens;
    }
}
