package io.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.ast.VectorMatching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlParserTest {

    private static Expr parse(String query) throws PromqlParseException {
        return PromqlParser.parse(query, ParserOptions.ALL);
    }

    /** The query, and the same with parentheses that show how it is read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a + b * c ~ a + (b * c)",
                "a * b + c ~ (a * b) + c",
                "a - b - c ~ (a - b) - c",
                "a ^ b ^ c ~ a ^ (b ^ c)",
                "-a ^ b ~ -(a ^ b)",
                "-a * b ~ (-a) * b",
                "a ^ -b * c ~ (a ^ (-b)) * c",
                "a or b and c unless d ~ a or ((b and c) unless d)",
                "a == b + c or d ~ (a == (b + c)) or d",
                "a atan2 b % c ~ (a atan2 b) % c",
            })
    void operatorsBindAsInPrometheus(String query, String parenthesized) throws PromqlParseException {
        assertThat(withoutParens(parse(query))).isEqualTo(withoutParens(parse(parenthesized)));
    }

    private static Expr withoutParens(Expr expr) {
        return switch (expr) {
            case Expr.Paren p -> withoutParens(p.expr());
            case Expr.Unary u -> new Expr.Unary(u.negative(), withoutParens(u.expr()), u.span());
            case Expr.Binary b ->
                new Expr.Binary(
                        b.op(), withoutParens(b.left()), withoutParens(b.right()), b.returnBool(), b.matching());
            default -> expr;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "010, 8",
        "0x1F, 31",
        "1_000, 1000",
        "1e3, 1000",
        ".5, 0.5",
        "1h30m, 5400",
        "1ms, 0.001",
        "Inf, Infinity"
    })
    void numbersAreReadAsGoReadsThem(String text, double value) throws PromqlParseException {
        assertThat(((Expr.NumberLiteral) parse(text)).value()).isEqualTo(value);
    }

    @Test
    void stringsAreBytes() throws PromqlParseException {
        Expr.StringLiteral literal = (Expr.StringLiteral) parse("\"\\xff\\u00e9\\n\\101\"");
        assertThat(io.tocsin.promql.model.Utf8.encode(literal.value())).containsExactly(0xFF, 0xC3, 0xA9, '\n', 'A');
        assertThat(((Expr.StringLiteral) parse("`\\n`")).value()).isEqualTo("\\n");
    }

    @Test
    void selectorsHaveRangeOffsetAndTime() throws PromqlParseException {
        Expr.MatrixSelector matrix = (Expr.MatrixSelector) parse("m{a=~\"x.*\"}[5m] @ 10.5 offset -1m");
        assertThat(((DurationExpr.Fixed) matrix.range()).millis()).isEqualTo(300_000);
        assertThat(matrix.selector().at()).isEqualTo(new At.Time(10_500));
        assertThat(((DurationExpr.Fixed) matrix.selector().offset()).millis()).isEqualTo(-60_000);
        assertThat(matrix.type()).isEqualTo(ValueType.MATRIX);
    }

    @Test
    void keywordsAreNamesWhereTheyCannotBeKeywords() throws PromqlParseException {
        assertThat(PromqlFormatter.format(parse("sum + by and on_call"))).isEqualTo("sum + by and on_call");
        assertThat(parse("fill + fill")).isInstanceOf(Expr.Binary.class);
        assertThat(((Expr.Aggregate) parse("sum by (by, on) (x)")).grouping()).containsExactly("by", "on");
        assertThat(((Expr.VectorSelector) parse("{\"my metric\", \"my label\"=\"v\"}")).matchers())
                .hasSize(2);
    }

    @Test
    void matchingIsKept() throws PromqlParseException {
        Expr.Binary binary = (Expr.Binary) parse("a > bool on (x) group_left (y) fill_right (0) b");
        assertThat(binary.op()).isEqualTo(BinaryOp.GT);
        assertThat(binary.returnBool()).isTrue();
        VectorMatching matching = binary.matching();
        assertThat(matching).isNotNull();
        assertThat(matching.cardinality()).isEqualTo(VectorMatching.Cardinality.MANY_TO_ONE);
        assertThat(matching.include()).containsExactly("y");
        assertThat(matching.fillRight()).isZero();
        assertThat(matching.fillLeft()).isNull();
        assertThat(((Expr.Binary) parse("1 + 2")).matching()).isNull();
    }

    @Test
    void positionsCountBytesAndLines() throws PromqlParseException {
        Expr.Binary binary = (Expr.Binary) parse("{\"é\"} # names\n  + sum(x)");
        assertThat(binary.left().span().end()).isEqualTo(6);
        assertThat(binary.right().span().start()).isEqualTo(19);
        assertThat(binary.right().span().position()).isEqualTo("2:5");
        assertThat(((Expr.Aggregate) binary.right()).op()).isEqualTo(AggregateOp.SUM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            value = {
                "x{a=\"1\" b=\"2\"} ¦ 1:9: parse error: unexpected identifier \"b\" in label matching, expected \",\" or \"}\"",
                "x{a} ¦ 1:4: parse error: unexpected \"}\" in label matching, expected label matching operator",
                "x{a=} ¦ 1:5: parse error: unexpected \"}\" in label matching, expected string",
                "x{ ¦ 1:3: parse error: unexpected end of input inside braces",
                "(x ¦ 1:3: parse error: unclosed left parenthesis",
                "x) ¦ 1:3: parse error: unexpected right parenthesis ')'",
                "sum(x y) ¦ 1:7: parse error: unexpected identifier \"y\" in aggregation",
                "sum by x (y) ¦ 1:8: parse error: unexpected identifier \"x\" in grouping opts, expected \"(\"",
                "sum(x, y) ¦ 1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2",
                "x offset y ¦ 1:10: parse error: unexpected identifier \"y\" in offset, expected number, duration, step(), or range()",
                "x[5m ¦ 1:5: parse error: unclosed left bracket",
                "x[0s] ¦ 1:3: parse error: duration must be greater than 0",
                "(x)[5m] ¦ 1:4: parse error: ranges only allowed for vector selectors",
                "x offset 1m offset 2m ¦ 1:1: parse error: offset may not be set multiple times",
                "x @ Inf ¦ 1:1: parse error: timestamp out of bounds for @ modifier: +Inf",
                "nope(x) ¦ 1:1: parse error: unknown function with name \"nope\"",
                "rate(x) ¦ 1:6: parse error: expected type range vector in call to function \"rate\", got instant vector",
                "abs() ¦ 1:1: parse error: expected 1 argument(s) in call to \"abs\", got 0",
                "{a=\"\"} ¦ 1:1: parse error: vector selector must contain at least one non-empty matcher",
                "x{__name__=\"y\"} ¦ 1:1: parse error: metric name must not be set twice: \"x\" or \"y\"",
                "1 == 1 ¦ 1:3: parse error: comparisons between scalars must use BOOL modifier",
                "x + bool y ¦ 1:3: parse error: bool modifier can only be used on comparison operators",
                "1 and x ¦ 1:1: parse error: set operator \"and\" not allowed in binary scalar expression",
                "x and on (a) group_left (b) y ¦ 1:1: parse error: no grouping allowed for \"and\" operation",
                "x * on (a) group_left (a) y ¦ 1:3: parse error: label \"a\" must not occur in ON and GROUP clause at once",
                "x{a=~\"(\"} ¦ 1:3: parse error: error parsing regexp: missing closing ): `(`",
                "1e400 ¦ 1:1: parse error: error parsing number: strconv.ParseFloat: parsing \"1e400\": value out of range",
                "5m1h ¦ 1:1: parse error: not a valid duration string: \"5m1h\"",
                "'a ¦ 1:1: parse error: unterminated quoted string",
                "x ! y ¦ 1:3: parse error: unexpected character after '!': ' '",
                "§ ¦ 1:1: parse error: unexpected character: '§'",
            })
    void errorsAreWordedAsInPrometheus(String query, String message) {
        assertThatThrownBy(() -> parse(query))
                .isInstanceOf(PromqlParseException.class)
                .hasMessage(message);
    }

    @Test
    void anErrorKnowsItsPlace() {
        PromqlParseException e = catchThrowableOfType(PromqlParseException.class, () -> parse("x +\n  {"));
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(4);
        assertThat(e.offset()).isEqualTo(7);
        assertThat(e.detail()).isEqualTo("unexpected end of input inside braces");
        assertThatThrownBy(() -> parse("")).hasMessage("unknown position: parse error: no expression found in input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limitk(1, x)",
                "mad_over_time(x[5m])",
                "x[5m] anchored",
                "x[1m + 1m]",
                "x offset step()",
                "x + fill (0) y",
                "info(x)",
            })
    void experimentalPartsHaveToBeOpened(String query) throws PromqlParseException {
        assertThat(parse(query)).isNotNull();
        assertThatThrownBy(() -> PromqlParser.parse(query)).isInstanceOf(PromqlParseException.class);
    }

    @Test
    void selectorsOfTheApiAreReadAlone() throws PromqlParseException {
        assertThat(PromqlParser.parseSelector("up{job=\"a\"}")).hasSize(2);
        assertThatThrownBy(() -> PromqlParser.parseSelector("up + 1")).isInstanceOf(PromqlParseException.class);
        assertThatThrownBy(() -> PromqlParser.parseSelector("5")).isInstanceOf(PromqlParseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "-", "sum(", "abs(", "x[1m:1m] + (", "x or ", "1 ^ ", "{", "\"", "x[(", "x offset (", "!"})
    void noRepetitionExhaustsTheStack(String part) {
        String query = part.repeat(100_000) + "x";
        String cut = query.substring(0, Math.min(query.length(), PromqlParser.MAX_LENGTH));
        assertThatThrownBy(() -> parse(cut)).isInstanceOf(PromqlParseException.class);
    }

    @Test
    void tooLongIsRefused() {
        assertThatThrownBy(() -> parse("x".repeat(PromqlParser.MAX_LENGTH + 1)))
                .isInstanceOf(PromqlParseException.class)
                .hasMessageContaining("longer than");
    }
}
