package io.tocsin.rulesengine.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Every case that Prometheus publishes for names. */
class PublishedNamesTest {

    private final List<String> wrong = new ArrayList<>();

    @Test
    void everyPublishedMetricCaseHolds() throws IOException {
        JsonNode cases = published().get("metric_cases");
        for (JsonNode c : cases) {
            JsonNode otel = c.get("otel");
            TranslationStrategy strategy = strategy(
                    c.get("utf8_allowed").asBoolean(), c.get("with_suffixes").asBoolean());
            MetricNames names = new MetricNames(c.get("namespace").asString(), strategy);
            MetricKind kind = MetricKind.valueOf(otel.get("type").asString().toUpperCase(Locale.ROOT));
            String unit = otel.get("unit").asString();
            String name = otel.get("name").asString();
            String label = c.get("name").asString();
            compare(label, c.get("want_metric_name"), c.get("want_error"), () -> names.family(name, unit, kind));
            if (c.get("want_error").asString().isEmpty()) {
                compare(label + ": unit", c.get("want_unit_name"), null, () -> names.unit(unit));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThan(60);
    }

    @Test
    void everyPublishedLabelCaseHolds() throws IOException {
        JsonNode cases = published().get("label_cases");
        for (JsonNode c : cases) {
            label(c, "default", new LabelNames(false, false, false));
            label(c, "underscore_label_sanitization", new LabelNames(false, true, false));
            label(c, "preserve_multiple_underscores", new LabelNames(false, false, true));
            label(c, "preserve_multiple_underscores+underscore_label_sanitization", new LabelNames(false, true, true));
            label(c, "utf8_allowed", new LabelNames(true, false, false));
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThan(10);
    }

    @Test
    void everyPublishedStrategyIsKnown() throws IOException {
        for (var entry : published().get("strategies").properties()) {
            TranslationStrategy strategy = TranslationStrategy.of(entry.getKey());
            assertThat(strategy.utf8())
                    .isEqualTo(entry.getValue().get("utf8_allowed").asBoolean());
            assertThat(strategy.suffixes())
                    .isEqualTo(entry.getValue().get("with_suffixes").asBoolean());
        }
    }

    @Test
    void everyPublishedUnitHasItsWord() throws IOException {
        MetricNames names = new MetricNames("", TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);
        for (var entry : published().get("unit_suffixes").properties()) {
            assertThat(names.unit(entry.getKey())).isEqualTo(entry.getValue().asString());
        }
        for (var entry : published().get("per_unit_suffixes").properties()) {
            assertThat(names.unit("1/" + entry.getKey()))
                    .isEqualTo("per_" + entry.getValue().asString());
        }
    }

    private void label(JsonNode c, String variant, LabelNames names) {
        JsonNode want = c.get(variant);
        if (want != null) {
            String attribute = c.get("label").asString();
            compare(attribute + " " + variant, want.get("want"), want.get("error"), () -> names.label(attribute));
        }
    }

    private interface Naming {
        String name() throws NameException;
    }

    private void compare(String label, JsonNode wantName, JsonNode wantError, Naming naming) {
        String want = wantName == null ? "" : wantName.asString();
        String error = wantError == null ? "" : wantError.asString();
        String got;
        String gotError = "";
        try {
            got = naming.name();
        } catch (NameException e) {
            got = "";
            gotError = e.getMessage();
        }
        if (!got.equals(want) || !gotError.equals(error)) {
            wrong.add(label + ": wanted '" + want + "' " + error + ", got '" + got + "' " + gotError);
        }
    }

    private static TranslationStrategy strategy(boolean utf8, boolean suffixes) {
        for (TranslationStrategy strategy : TranslationStrategy.values()) {
            if (strategy.utf8() == utf8 && strategy.suffixes() == suffixes) {
                return strategy;
            }
        }
        throw new AssertionError("no strategy for " + utf8 + ", " + suffixes);
    }

    private static JsonNode published() throws IOException {
        return new ObjectMapper()
                .readTree(SharedData.file("otlp/prometheus_names.json").toFile());
    }
}
