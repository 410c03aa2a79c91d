package io.tocsin.promql.engine;

/** A remark about a query's result: a warning, or an information. The text ends with line and column. */
public record Annotation(Level level, String text) {

    /** How much a remark weighs. */
    public enum Level {
        /** The result is probably not what was wanted. */
        WARNING,
        /** The result may be incomplete or imprecise for a known reason. */
        INFO
    }
}
