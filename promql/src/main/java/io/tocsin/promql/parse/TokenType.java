package io.tocsin.promql.parse;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.BinaryOp;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tokens of PromQL. */
enum TokenType {
    EOF(Kind.OTHER, "end of input"),
    ERROR(Kind.OTHER, "error"),
    IDENTIFIER(Kind.OTHER, "identifier"),
    METRIC_IDENTIFIER(Kind.OTHER, "metric identifier"),
    NUMBER(Kind.OTHER, "number"),
    DURATION(Kind.OTHER, "duration"),
    STRING(Kind.OTHER, "string"),
    LEFT_PAREN(Kind.PUNCTUATION, "("),
    RIGHT_PAREN(Kind.PUNCTUATION, ")"),
    LEFT_BRACE(Kind.PUNCTUATION, "{"),
    RIGHT_BRACE(Kind.PUNCTUATION, "}"),
    LEFT_BRACKET(Kind.PUNCTUATION, "["),
    RIGHT_BRACKET(Kind.PUNCTUATION, "]"),
    COMMA(Kind.PUNCTUATION, ","),
    COLON(Kind.PUNCTUATION, ":"),
    EQL(Kind.PUNCTUATION, "="),
    EQL_REGEX(Kind.OPERATOR, "=~"),
    NEQ_REGEX(Kind.OPERATOR, "!~"),
    AT(Kind.OPERATOR, "@"),
    ADD(Kind.OPERATOR, "+", BinaryOp.ADD),
    SUB(Kind.OPERATOR, "-", BinaryOp.SUB),
    MUL(Kind.OPERATOR, "*", BinaryOp.MUL),
    DIV(Kind.OPERATOR, "/", BinaryOp.DIV),
    MOD(Kind.OPERATOR, "%", BinaryOp.MOD),
    POW(Kind.OPERATOR, "^", BinaryOp.POW),
    EQLC(Kind.OPERATOR, "==", BinaryOp.EQ),
    NEQ(Kind.OPERATOR, "!=", BinaryOp.NEQ),
    LTE(Kind.OPERATOR, "<=", BinaryOp.LTE),
    LSS(Kind.OPERATOR, "<", BinaryOp.LT),
    GTE(Kind.OPERATOR, ">=", BinaryOp.GTE),
    GTR(Kind.OPERATOR, ">", BinaryOp.GT),
    TRIM_UPPER(Kind.OPERATOR, "</", BinaryOp.TRIM_UPPER),
    TRIM_LOWER(Kind.OPERATOR, ">/", BinaryOp.TRIM_LOWER),
    AND(Kind.OPERATOR, "and", BinaryOp.AND),
    OR(Kind.OPERATOR, "or", BinaryOp.OR),
    UNLESS(Kind.OPERATOR, "unless", BinaryOp.UNLESS),
    ATAN2(Kind.OPERATOR, "atan2", BinaryOp.ATAN2),
    SUM(AggregateOp.SUM),
    AVG(AggregateOp.AVG),
    COUNT(AggregateOp.COUNT),
    MIN(AggregateOp.MIN),
    MAX(AggregateOp.MAX),
    GROUP(AggregateOp.GROUP),
    STDDEV(AggregateOp.STDDEV),
    STDVAR(AggregateOp.STDVAR),
    TOPK(AggregateOp.TOPK),
    BOTTOMK(AggregateOp.BOTTOMK),
    COUNT_VALUES(AggregateOp.COUNT_VALUES),
    QUANTILE(AggregateOp.QUANTILE),
    LIMITK(AggregateOp.LIMITK),
    LIMIT_RATIO(AggregateOp.LIMIT_RATIO),
    OFFSET(Kind.KEYWORD, "offset"),
    SMOOTHED(Kind.KEYWORD, "smoothed"),
    ANCHORED(Kind.KEYWORD, "anchored"),
    BY(Kind.KEYWORD, "by"),
    WITHOUT(Kind.KEYWORD, "without"),
    ON(Kind.KEYWORD, "on"),
    IGNORING(Kind.KEYWORD, "ignoring"),
    GROUP_LEFT(Kind.KEYWORD, "group_left"),
    GROUP_RIGHT(Kind.KEYWORD, "group_right"),
    FILL(Kind.KEYWORD, "fill"),
    FILL_LEFT(Kind.KEYWORD, "fill_left"),
    FILL_RIGHT(Kind.KEYWORD, "fill_right"),
    BOOL(Kind.KEYWORD, "bool"),
    START(Kind.PREPROCESSOR, "start"),
    END(Kind.PREPROCESSOR, "end"),
    STEP(Kind.PREPROCESSOR, "step"),
    RANGE(Kind.PREPROCESSOR, "range"),
    MAX_OF(Kind.PREPROCESSOR, "max_of"),
    MIN_OF(Kind.PREPROCESSOR, "min_of");

    /** How a token is shown in messages, and where it may stand. */
    enum Kind {
        OTHER,
        PUNCTUATION,
        OPERATOR,
        AGGREGATOR,
        KEYWORD,
        PREPROCESSOR
    }

    private static final Map<String, TokenType> WORDS = words();

    private final Kind kind;
    private final String text;
    private final Optional<BinaryOp> binary;
    private final Optional<AggregateOp> aggregate;

    TokenType(Kind kind, String text) {
        this(kind, text, Optional.empty(), Optional.empty());
    }

    TokenType(Kind kind, String text, BinaryOp op) {
        this(kind, text, Optional.of(op), Optional.empty());
    }

    TokenType(AggregateOp op) {
        this(Kind.AGGREGATOR, op.symbol(), Optional.empty(), Optional.of(op));
    }

    TokenType(Kind kind, String text, Optional<BinaryOp> binary, Optional<AggregateOp> aggregate) {
        this.kind = kind;
        this.text = text;
        this.binary = binary;
        this.aggregate = aggregate;
    }

    /** The keyword that a word is, in any case of letters. */
    static Optional<TokenType> word(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    Optional<BinaryOp> binary() {
        return binary;
    }

    Optional<AggregateOp> aggregate() {
        return aggregate;
    }

    /** Whether a metric may have this name where an expression is expected. */
    boolean isMetricName() {
        return switch (this) {
            case IDENTIFIER, METRIC_IDENTIFIER, AND, OR, UNLESS, OFFSET, SMOOTHED, ANCHORED, BY, WITHOUT -> true;
            case FILL, FILL_LEFT, FILL_RIGHT -> true;
            default -> kind == Kind.AGGREGATOR || kind == Kind.PREPROCESSOR;
        };
    }

    /** Whether a label may have this name in a grouping clause. */
    boolean isGroupingLabel() {
        return switch (this) {
            case IDENTIFIER, METRIC_IDENTIFIER, AND, OR, UNLESS, ATAN2 -> true;
            case WITHOUT -> false;
            default -> kind == Kind.AGGREGATOR || kind == Kind.KEYWORD || kind == Kind.PREPROCESSOR;
        };
    }

    private static Map<String, TokenType> words() {
        Map<String, TokenType> words = new HashMap<>();
        for (TokenType type : values()) {
            boolean letters = Character.isLetter(type.text.charAt(0)) && type.kind != Kind.OTHER;
            if (letters) {
                words.put(type.text, type);
            }
        }
        words.put("inf", NUMBER);
        words.put("nan", NUMBER);
        return words;
    }
}
