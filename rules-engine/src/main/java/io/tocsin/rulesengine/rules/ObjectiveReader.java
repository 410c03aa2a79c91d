package io.tocsin.rulesengine.rules;

import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * Reads a service level objective and writes it out as alerts on its burn rate, each over a long and a short window:
 * the table of "Multiwindow, Multi-Burn-Rate Alerts" in Google's SRE workbook, for 30 days.
 */
final class ObjectiveReader {
    private static final String WINDOW = "$window";
    /** As long as the placeholder, so that errors keep their positions. */
    private static final String SAMPLE_WINDOW = "00005m ";

    private static final List<Burn> BURNS = List.of(
            new Burn("page", "14.4", "1h", "5m"),
            new Burn("page", "6", "6h", "30m"),
            new Burn("ticket", "3", "1d", "2h"),
            new Burn("ticket", "1", "3d", "6h"));

    private final YamlFields fields;
    private final BiConsumer<Position, String> error;

    /** How much faster than allowed the error budget burns, over which windows. */
    private record Burn(String severity, String factor, String longWindow, String shortWindow) {}

    ObjectiveReader(YamlFields fields, BiConsumer<Position, String> error) {
        this.fields = fields;
        this.error = error;
    }

    Optional<Rule.Objective> read(
            String name,
            SequencedMap<String, String> labels,
            SequencedMap<String, String> annotations,
            WhenMissing whenMissing,
            OnIncomplete onIncomplete) {
        Optional<String> bad = windowed("bad");
        Optional<String> total = windowed("total");
        Optional<BigDecimal> objective = objective();
        if (bad.isEmpty() || total.isEmpty() || objective.isEmpty()) {
            return Optional.empty();
        }
        List<Rule.Alerting> alerts = new ArrayList<>();
        for (Burn burn : BURNS) {
            String text = burnRate(bad.get(), total.get(), burn, objective.get());
            SequencedMap<String, String> all = new LinkedHashMap<>();
            all.put("severity", burn.severity());
            all.put("slo", name);
            all.putAll(labels);
            all.put("window", burn.longWindow());
            expression(text)
                    .ifPresent(parsed -> alerts.add(new Rule.Alerting(
                            name,
                            parsed,
                            new Condition.Threshold(null),
                            Duration.ZERO,
                            Duration.ZERO,
                            whenMissing,
                            onIncomplete,
                            all,
                            annotations,
                            fields.position())));
        }
        return Optional.of(new Rule.Objective(
                name, objective.get().doubleValue(), alerts, labels, annotations, fields.position()));
    }

    private Optional<BigDecimal> objective() {
        String text = fields.text("objective").orElse("");
        Optional<Double> share = Shares.parse(text).filter(value -> value > 0 && value < 1);
        if (share.isEmpty()) {
            error.accept(
                    fields.valuePosition("objective"),
                    "expected a share between 0 and 1 as 99.9% for objective, found '" + text + "'");
            return Optional.empty();
        }
        boolean percent = text.endsWith("%");
        BigDecimal number =
                new BigDecimal(percent ? text.substring(0, text.length() - 1).strip() : text);
        return Optional.of(percent ? number.movePointLeft(2) : number);
    }

    /** A field that is an expression once its window is put in. */
    private Optional<String> windowed(String field) {
        Optional<String> text = fields.text(field).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            error.accept(fields.keyPosition(field), "field '" + field + "' must be set in slo rule");
            return Optional.empty();
        }
        if (!text.get().contains(WINDOW)) {
            error.accept(
                    fields.valuePosition(field),
                    "expected " + WINDOW + " as the range in " + field + ", as in rate(errors_total[" + WINDOW + "])");
            return Optional.empty();
        }
        String sample = text.get().replace(WINDOW, SAMPLE_WINDOW);
        try {
            PromqlParser.parse(sample, ParserOptions.ALL);
            return text;
        } catch (PromqlParseException e) {
            fields.scalar(field)
                    .ifPresent(scalar -> error.accept(
                            fields.source().position(scalar, Expressions.charOffset(text.get(), e.offset())),
                            "could not parse expression: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private static String burnRate(String bad, String total, Burn burn, BigDecimal objective) {
        BigDecimal budget = BigDecimal.ONE.subtract(objective, MathContext.DECIMAL64);
        String threshold = new BigDecimal(burn.factor())
                .multiply(budget)
                .stripTrailingZeros()
                .toPlainString();
        return ratio(bad, total, burn.longWindow(), threshold) + " and "
                + ratio(bad, total, burn.shortWindow(), threshold);
    }

    private static String ratio(String bad, String total, String window, String threshold) {
        return "((" + bad.replace(WINDOW, window) + ") / (" + total.replace(WINDOW, window) + ") > " + threshold + ")";
    }

    /** The parts have been parsed before; what fails now is that they do not fit together. */
    private Optional<Expression> expression(String text) {
        try {
            return Optional.of(new Expression(text, PromqlParser.parse(text, ParserOptions.ALL)));
        } catch (PromqlParseException e) {
            error.accept(fields.keyPosition("bad"), "'bad' and 'total' make no ratio: " + e.getMessage());
            return Optional.empty();
        }
    }
}
