package io.tocsin.promql.parse;

/** A text that is not PromQL. The message starts with line and column, in Prometheus' words. */
public final class PromqlParseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;
    private final int offset;
    private final int line;
    private final int column;

    PromqlParseException(String query, int offset, String detail) {
        this(detail, offset, Lines.line(query, offset), Lines.column(query, offset), query.isEmpty());
    }

    private PromqlParseException(String detail, int offset, int line, int column, boolean empty) {
        super((empty ? "unknown position" : line + ":" + column) + ": parse error: " + detail);
        this.detail = detail;
        this.offset = offset;
        this.line = line;
        this.column = column;
    }

    /** What is wrong, without the position. */
    public String detail() {
        return detail;
    }

    /** The byte in the query where it is wrong. */
    public int offset() {
        return offset;
    }

    /** From one. */
    public int line() {
        return line;
    }

    /** From one, in bytes. */
    public int column() {
        return column;
    }
}
