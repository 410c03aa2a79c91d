package io.tocsin.promql.ast;

/** The {@code @} modifier: a fixed time instead of the evaluation time. */
public sealed interface At {

    /** A Unix time in milliseconds. */
    record Time(long millis) implements At {}

    /** The start of the whole query, {@code @ start()}. */
    record Start() implements At {}

    /** The end of the whole query, {@code @ end()}. */
    record End() implements At {}
}
