package io.tocsin.promql.ast;

/**
 * Where an expression stands in its query: byte offsets, end exclusive, with the line and the byte column of the start
 * (both from one). Spans are all equal to each other, because where an expression stands is not part of what it means:
 * so two equal expressions can be shared.
 */
public record Span(int start, int end, int line, int column) {

    /** The span of an expression that was built rather than parsed. */
    public static final Span NONE = new Span(0, 0, 1, 1);

    public Span to(Span last) {
        return new Span(start, last.end, line, column);
    }

    /** The position as messages show it, for example {@code 1:5}. */
    public String position() {
        return line + ":" + column;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
