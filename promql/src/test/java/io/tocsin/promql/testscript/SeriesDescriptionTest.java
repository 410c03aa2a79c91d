package io.tocsin.promql.testscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.promql.histogram.HistogramLiteral;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesDescriptionTest {

    private static String values(String text) throws ScriptException {
        return SeriesDescription.parseValues(text).stream()
                .map(SeriesDescriptionTest::show)
                .collect(Collectors.joining(" "));
    }

    private static String show(Point point) {
        return switch (point) {
            case Point.Omitted o -> "_";
            case Point.Value v -> StaleNaN.is(v.value()) ? "stale" : GoFloat.format(v.value());
            case Point.Histogram h -> HistogramLiteral.format(h.value());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1 2.5 -3, 1 2.5 -3",
        "1x3, 1 1 1 1",
        "1+2x3, 1 3 5 7",
        "5-2x2, 5 3 1",
        "-1-1x1, -1 -2",
        "_ _x3 1, _ _ _ _ 1",
        "stale 1, stale 1",
        "NaN Inf -Inf +Inf, NaN +Inf -Inf +Inf",
        "1e3 1e-2+1e-2x1, 1000 0.01 0.02",
        "010 0x, ''",
        "010 1_000, 8 1000",
        "5m 1h30m, 300 5400",
        "0+0.5x2, 0 0.5 1",
        "{{count:1 sum:2}}x1, {{count:1 sum:2}} {{count:1 sum:2}}",
        "{{count:1 sum:2 buckets:[1]}}+{{count:1 sum:1 buckets:[1]}}x1, {{count:1 sum:2 buckets:[1]}} {{count:2 sum:3 buckets:[2]}}",
        "{{count:3 sum:2}}-{{count:1 sum:1}}x1, {{count:3 sum:2}} {{count:2 sum:1}}",
    })
    void valuesExpand(String text, String expected) throws ScriptException {
        if (text.endsWith("0x")) {
            assertThatThrownBy(() -> values(text)).isInstanceOf(ScriptException.class);
        } else {
            assertThat(values(text)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1+2",
                "1x",
                "abc",
                "1,2",
                "{{count:1",
                "{{}}+{{}}",
                "1x99999999999",
                "{{schema:1}}+{{schema:0}}x2",
                "{{schema:-53 custom_values:[1]}}+{{}}x2",
                "--1"
            })
    void valuesThatCannotBeReadAreRefused(String text) {
        assertThatThrownBy(() -> SeriesDescription.parseValues(text)).isInstanceOf(ScriptException.class);
    }

    @Test
    void metricsMayBeQuotedAndHoldAnyName() throws ScriptException {
        assertThat(SeriesDescription.parseMetric("a:b{c=\"d\", e='f',}"))
                .isEqualTo(Labels.of("__name__", "a:b", "c", "d", "e", "f"));
        assertThat(SeriesDescription.parseMetric("{\"my.metric\", \"l.1\"=\"\\u00e4\"}"))
                .isEqualTo(Labels.of("__name__", "my.metric", "l.1", "ä"));
        assertThat(SeriesDescription.parse("{} 1").labels()).isEqualTo(Labels.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{", "a{b}", "a{b=c}", "a{b=\"c\" d=\"e\"}", "{{", "a{b=\"c}", "1a", "a{b=\"1\",b=\"2\"}"})
    void metricsThatCannotBeReadAreRefused(String text) {
        assertThatThrownBy(() -> SeriesDescription.parseMetric(text)).isInstanceOf(ScriptException.class);
    }

    @Test
    void startTimestampsAreOffsets() throws ScriptException {
        assertThat(StartTimes.isStartLine("a{b=\"c\"}@st _ -1m")).isTrue();
        assertThat(StartTimes.isStartLine("a{b=\"c\"} 1 2")).isFalse();
        assertThat(StartTimes.offsets("a@st _ -1m 30sx1 -60s-1mx2 _x2"))
                .containsExactly(
                        OptionalLong.empty(),
                        OptionalLong.of(-60_000),
                        OptionalLong.of(30_000),
                        OptionalLong.of(30_000),
                        OptionalLong.of(-60_000),
                        OptionalLong.of(-120_000),
                        OptionalLong.of(-180_000),
                        OptionalLong.empty(),
                        OptionalLong.empty());
        assertThatThrownBy(() -> StartTimes.offsets("a@st -1m-1m")).isInstanceOf(ScriptException.class);
    }

    @Test
    void everyBrokenBlockOfAScriptIsReportedWithItsLine() {
        List<Command> commands = ScriptParser.parse(
                """
                load 1m
                  a 1 2 3
                  b oops
                  c 1

                frobnicate

                eval instant at 1m a
                  expect no_such_thing
                  a 2

                # a comment
                eval range from 0 to 2m step 1m a
                  a 1 2 3

                eval instant at 1m a
                  a 1 2
                """);
        assertThat(commands)
                .extracting(c -> c.line() + " " + c.getClass().getSimpleName())
                .containsExactly("3 Broken", "6 Broken", "9 Broken", "13 Eval", "17 Broken");
    }

    @Test
    void classicHistogramsBecomeCustomOnes() throws ScriptException {
        ClassicToCustom classic = new ClassicToCustom();
        classic.add(Labels.of("__name__", "h_bucket", "le", "+Inf", "job", "x"), 0, 7);
        classic.add(Labels.of("__name__", "h_bucket", "le", "1", "job", "x"), 0, 2);
        classic.add(Labels.of("__name__", "h_bucket", "le", "5", "job", "x"), 0, 4);
        classic.add(Labels.of("__name__", "h_count", "job", "x"), 0, 7);
        classic.add(Labels.of("__name__", "h_sum", "job", "x"), 0, 20);
        classic.add(Labels.of("__name__", "other", "job", "x"), 0, 20);
        assertThat(classic.convert())
                .singleElement()
                .satisfies(s -> assertThat(s.labels()).isEqualTo(Labels.of("__name__", "h", "job", "x")))
                .satisfies(s -> assertThat(HistogramLiteral.format(s.histogram()))
                        .isEqualTo("{{schema:-53 count:7 sum:20 custom_values:[1 5] buckets:[2 2 3]}}"));
        classic.add(Labels.of("__name__", "h_count", "job", "x"), 0, 6);
        assertThatThrownBy(classic::convert).hasMessageContaining("count mismatch");
    }
}
