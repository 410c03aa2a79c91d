package io.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.GoQuote;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromqlFormatterTest {

    private static Optional<Expr> parsed(String query) {
        try {
            return Optional.of(PromqlParser.parse(query, ParserOptions.ALL));
        } catch (PromqlParseException e) {
            return Optional.empty();
        }
    }

    @Property(tries = 20_000)
    void whatIsPrintedReadsBackToTheSame(@ForAll("queries") String query) {
        parsed(query).ifPresent(expr -> {
            assertThat(parsed(PromqlFormatter.format(expr))).as(query).contains(expr);
            assertThat(parsed(PromqlFormatter.pretty(expr))).as(query).contains(expr);
        });
    }

    @Property(tries = 20_000)
    void anyTextIsReadOrRefused(@ForAll("noise") String text) {
        parsed(text)
                .ifPresent(
                        expr -> assertThat(parsed(PromqlFormatter.format(expr))).contains(expr));
    }

    @Property
    void anyStringCanBeALiteral(@ForAll String value) {
        assertThat(parsed(GoQuote.quote(value))).isPresent();
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(
                        "x",
                        "5m",
                        "1",
                        "sum",
                        "by",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "offset",
                        "@",
                        "start()",
                        "step()",
                        "rate",
                        "=",
                        "=~",
                        "!=",
                        "\"a\"",
                        "'",
                        "+",
                        "-",
                        "^",
                        "or",
                        "on",
                        "group_left",
                        "bool",
                        "fill",
                        " ",
                        "#",
                        "\n",
                        "é",
                        "\u0000",
                        "Inf",
                        "1e",
                        "0x",
                        "max_of",
                        "anchored",
                        "_",
                        "`")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> queries() {
        return expression(3);
    }

    private static Arbitrary<String> expression(int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of("1", "0.5", "-3", "1e300", "NaN", "Inf", "-Inf", "5m", "1h30m", "\"s\"", "0x10"),
                selector());
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = expression(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                Combinators.combine(inner, operator(), inner).as((a, op, b) -> a + " " + op + " " + b),
                inner.map(e -> "(" + e + ")"),
                inner.map(e -> "-" + e),
                inner.map(e -> "+" + e),
                Combinators.combine(inner, duration(), modifier()).as((e, d, m) -> e + "[" + d + ":]" + m),
                Combinators.combine(selector(), duration(), modifier())
                        .as((s, d, m) -> "rate(" + s + "[" + d + "]" + m + ")"),
                Combinators.combine(Arbitraries.of("sum", "avg without (a)", "count by (\"é\")", "group by ()"), inner)
                        .as((op, e) -> op + "(" + e + ")"),
                Combinators.combine(Arbitraries.of("topk", "quantile", "limitk"), inner, inner)
                        .as((op, k, e) -> op + "(" + k + ", " + e + ")"),
                Combinators.combine(Arbitraries.of("abs", "absent", "time", "vector", "scalar"), inner)
                        .as((f, e) -> f + "(" + e + ")"));
    }

    private static Arbitrary<String> operator() {
        Arbitrary<String> symbol = Arbitraries.of(
                "+", "-", "*", "/", "%", "^", "atan2", "==", "!= bool", "<", ">= bool", "</", ">/", "and", "or",
                "unless");
        Arbitrary<String> matching = Arbitraries.of(
                "",
                "",
                " on (a)",
                " ignoring ()",
                " on () group_left (b)",
                " ignoring (a) group_right ()",
                " fill (0)",
                " on (a) fill_left (-1) fill_right (1e9)",
                " fill (NaN)");
        return Combinators.combine(symbol, matching).as((a, b) -> a + b);
    }

    private static Arbitrary<String> selector() {
        Arbitrary<String> name =
                Arbitraries.of("m", "by", "a:b", "sum", "{\"x y\"}", "m{b=\"1\",a=~\"x|y\"}", "{a!~\"\\xff\"}");
        return Combinators.combine(name, modifier()).as((a, b) -> a + b);
    }

    private static Arbitrary<String> modifier() {
        Arbitrary<String> offset = duration().map(d -> " offset " + d);
        Arbitrary<String> signed = duration().map(d -> " offset -" + d);
        Arbitrary<String> twice = duration().map(d -> " offset - -" + d);
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "",
                        "",
                        " @ 1.5",
                        " @ -7",
                        " @ start()",
                        " @ end() offset 1s",
                        " anchored",
                        " smoothed @ 3"),
                offset,
                signed,
                twice);
    }

    private static Arbitrary<String> duration() {
        return Arbitraries.of(
                "5m",
                "1.5",
                "0.0001",
                "(5m)",
                "((1h))",
                "step()",
                "1m + 30s",
                "-(-1m)",
                "2 ^ 3 ^ 1",
                "max_of(step(), 1m)",
                "-min_of(range(), 3) * 2",
                "(1m + 2) * 3",
                "1d % 7",
                "-2 ^ 2",
                "1y2w3d4h5m6s7ms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "sum(x)by(b,a) ~ sum by (b, a) (x)",
                "x{b='1',a=\"2\"} ~ x{a=\"2\",b=\"1\"}",
                "x offset 90m ~ x offset 1h30m",
                "x[60s] @ 5 ~ x[1m] @ 5.000",
                "x[1h:5m]offset-5m ~ x[1h:5m] offset -5m",
                "x>bool on()y ~ x > bool on () y",
                "010 + 1e3 ~ 8 + 1000",
                "-0m ~ -0s",
                "x[1m + -0s] ~ x[1m + -0s]",
                "x[1y2w-3d4h5m6s7ms] ~ x[379d - 3d4h5m6s7ms]",
                "x[step():1m] ~ x[step():1m]",
            })
    void printsAsPrometheusDoes(String query, String printed) {
        assertThat(parsed(query).map(PromqlFormatter::format)).contains(printed);
    }

    @Test
    void longExpressionsAreBrokenAndIndented() {
        String query = "histogram_quantile(0.99, sum by (le, service) (rate(http_server_request_duration_seconds_bucket"
                + "{code=~\"5..\"}[5m]))) > 0.5";
        assertThat(parsed(query).map(PromqlFormatter::pretty)).contains("""
                          histogram_quantile(
                            0.99,
                            sum by (le, service) (rate(http_server_request_duration_seconds_bucket{code=~"5.."}[5m]))
                          )
                        >
                          0.5""");
    }
}
