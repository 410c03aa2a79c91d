package io.tocsin.promql.ast;

/** The binary operators, with their precedence (a higher one binds tighter). */
public enum BinaryOp {
    OR("or", 1, Kind.SET),
    AND("and", 2, Kind.SET),
    UNLESS("unless", 2, Kind.SET),
    EQ("==", 3, Kind.COMPARISON),
    NEQ("!=", 3, Kind.COMPARISON),
    LT("<", 3, Kind.COMPARISON),
    LTE("<=", 3, Kind.COMPARISON),
    GT(">", 3, Kind.COMPARISON),
    GTE(">=", 3, Kind.COMPARISON),
    TRIM_UPPER("</", 3, Kind.ARITHMETIC),
    TRIM_LOWER(">/", 3, Kind.ARITHMETIC),
    ADD("+", 4, Kind.ARITHMETIC),
    SUB("-", 4, Kind.ARITHMETIC),
    MUL("*", 5, Kind.ARITHMETIC),
    DIV("/", 5, Kind.ARITHMETIC),
    MOD("%", 5, Kind.ARITHMETIC),
    ATAN2("atan2", 5, Kind.ARITHMETIC),
    POW("^", 6, Kind.ARITHMETIC);

    /** What an operator does with two vectors. */
    private enum Kind {
        SET,
        COMPARISON,
        ARITHMETIC
    }

    private final String symbol;
    private final int precedence;
    private final Kind kind;

    BinaryOp(String symbol, int precedence, Kind kind) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.kind = kind;
    }

    public String symbol() {
        return symbol;
    }

    public int precedence() {
        return precedence;
    }

    public boolean rightAssociative() {
        return this == POW;
    }

    public boolean isComparison() {
        return kind == Kind.COMPARISON;
    }

    public boolean isSet() {
        return kind == Kind.SET;
    }
}
