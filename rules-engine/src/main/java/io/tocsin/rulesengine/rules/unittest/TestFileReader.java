package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramLiteral;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.testscript.Point;
import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.promql.testscript.SeriesDescription;
import io.tocsin.rulesengine.rules.YamlFields;
import io.tocsin.rulesengine.rules.YamlText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a test file; every problem is reported with its place. */
final class TestFileReader {
    private static final Set<String> FILE =
            Set.of("rule_files", "evaluation_interval", "group_eval_order", "fuzzy_compare", "tests");
    private static final Set<String> GROUP = Set.of(
            "name",
            "interval",
            "input_series",
            "alert_rule_test",
            "promql_expr_test",
            "external_labels",
            "external_url",
            "start_timestamp");
    private static final Duration STANDARD_INTERVAL = Duration.ofMinutes(1);

    private final YamlText source;

    TestFileReader(YamlText source) {
        this.source = source;
    }

    TestFile read() {
        List<Node> documents = source.documents();
        if (documents.isEmpty()) {
            return new TestFile(List.of(), STANDARD_INTERVAL, List.of(), false, List.of());
        }
        YamlFields file = source.fields(documents.getFirst(), "test file");
        file.allow(FILE);
        Duration interval = file.duration("evaluation_interval")
                .filter(length -> !length.isZero())
                .orElse(STANDARD_INTERVAL);
        List<String> order = file.texts("group_eval_order");
        Set<String> seen = new HashSet<>();
        for (String group : order) {
            if (!seen.add(group)) {
                file.error("group_eval_order", "group name repeated in evaluation order: " + group);
            }
        }
        List<TestGroup> tests = new ArrayList<>();
        for (Node test : file.list("tests")) {
            tests.add(group(source.fields(test, "test"), interval, tests.size()));
        }
        boolean fuzzy = file.flag("fuzzy_compare").orElse(false);
        return new TestFile(file.texts("rule_files"), interval, order, fuzzy, tests);
    }

    private TestGroup group(YamlFields test, Duration standard, int index) {
        test.allow(GROUP);
        List<SeriesDescription> series = new ArrayList<>();
        test.list("input_series").forEach(node -> series(source.fields(node, "input series"), series));
        List<TestGroup.AlertCase> alerts = new ArrayList<>();
        test.list("alert_rule_test").forEach(node -> alerts.add(alertCase(source.fields(node, "alert_rule_test"))));
        List<TestGroup.ExpressionCase> expressions = new ArrayList<>();
        test.list("promql_expr_test")
                .forEach(node -> expressions.add(expressionCase(source.fields(node, "promql_expr_test"))));
        return new TestGroup(
                test.text("name").filter(name -> !name.isEmpty()).orElse("unnamed#" + index),
                test.duration("interval").filter(length -> !length.isZero()).orElse(standard),
                series,
                alerts,
                expressions,
                labels(test, "external_labels"),
                url(test),
                start(test),
                test.position());
    }

    private void series(YamlFields fields, List<SeriesDescription> into) {
        fields.allow(Set.of("series", "values"));
        String series = fields.text("series").orElse("");
        String values = fields.text("values").orElse("");
        Labels labels = metric(fields, "series", series);
        try {
            into.add(new SeriesDescription(labels, SeriesDescription.parseValues(values)));
        } catch (ScriptException e) {
            fields.error("values", "values of " + series + ": " + e.getMessage());
        }
    }

    private static Labels metric(YamlFields fields, String field, String text) {
        try {
            return text.isBlank() ? Labels.EMPTY : SeriesDescription.parseMetric(text);
        } catch (ScriptException e) {
            fields.error(field, "labels \"" + text + "\": " + e.getMessage());
            return Labels.EMPTY;
        }
    }

    private TestGroup.AlertCase alertCase(YamlFields fields) {
        fields.allow(Set.of("eval_time", "alertname", "exp_alerts"));
        String name = fields.text("alertname").orElse("");
        if (name.isEmpty()) {
            source.problems()
                    .error(
                            fields.position(),
                            "an item under alert_rule_test misses required attribute alertname at eval_time "
                                    + fields.text("eval_time").orElse("0s"));
        }
        List<TestGroup.FiringAlert> expected = new ArrayList<>();
        for (Node node : fields.list("exp_alerts")) {
            YamlFields alert = source.fields(node, "exp_alerts");
            alert.allow(Set.of("exp_labels", "exp_annotations"));
            Labels labels = labels(alert, "exp_labels").with("alertname", name);
            expected.add(new TestGroup.FiringAlert(labels, YamlFields.values(alert.scalars("exp_annotations"))));
        }
        return new TestGroup.AlertCase(time(fields), name, expected, fields.position());
    }

    private static Duration time(YamlFields fields) {
        return fields.duration("eval_time").orElse(Duration.ZERO);
    }

    private static Labels labels(YamlFields fields, String name) {
        Map<String, String> labels = new HashMap<>(YamlFields.values(fields.scalars(name)));
        return Labels.of(labels);
    }

    private TestGroup.ExpressionCase expressionCase(YamlFields fields) {
        fields.allow(Set.of("expr", "eval_time", "exp_samples"));
        List<TestGroup.ExpectedSample> expected = new ArrayList<>();
        for (Node node : fields.list("exp_samples")) {
            YamlFields sample = source.fields(node, "exp_samples");
            sample.allow(Set.of("labels", "value", "histogram"));
            Labels labels = metric(sample, "labels", sample.text("labels").orElse(""));
            expected.add(new TestGroup.ExpectedSample(labels, value(sample), histogram(sample)));
        }
        String expression = fields.text("expr").orElse("");
        return new TestGroup.ExpressionCase(expression, time(fields), expected, fields.position());
    }

    private static double value(YamlFields sample) {
        String text = sample.text("value").orElse("0");
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "nan", ".nan" -> Double.NaN;
            case "inf", "+inf", ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> number(sample, text);
        };
    }

    private static double number(YamlFields sample, String text) {
        try {
            return text.startsWith("0x") ? Long.decode(text) : Double.parseDouble(text.replace("_", ""));
        } catch (NumberFormatException e) {
            sample.error("value", "expected a number for value, found '" + text + "'");
            return 0;
        }
    }

    private static String histogram(YamlFields sample) {
        String text = sample.text("histogram").orElse("");
        if (text.isEmpty()) {
            return "";
        }
        try {
            List<Point> points = SeriesDescription.parseValues(text);
            FloatHistogram histogram = points.size() == 1 ? points.getFirst().histogram() : null;
            if (histogram != null) {
                return HistogramLiteral.format(histogram);
            }
            sample.error("histogram", "expected one histogram, found '" + text + "'");
        } catch (ScriptException e) {
            sample.error("histogram", "expected a histogram: " + e.getMessage());
        }
        return "";
    }

    private static URI url(YamlFields test) {
        String text = test.text("external_url").orElse("");
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            test.error("external_url", "expected a URL for external_url: " + e.getMessage());
            return URI.create("");
        }
    }

    /** A time as RFC 3339 or Unix seconds; Unix time zero where none is given. */
    private static long start(YamlFields test) {
        String text = test.text("start_timestamp").orElse("0");
        try {
            return Math.round(Double.parseDouble(text) * 1000);
        } catch (NumberFormatException e) {
            // Then it is a date, or wrong.
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            test.error(
                    "start_timestamp",
                    "expected a time as " + Instant.EPOCH + " or Unix seconds for start_timestamp, found '" + text
                            + "'");
            return 0;
        }
    }
}
