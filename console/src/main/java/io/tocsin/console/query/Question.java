package io.tocsin.console.query;

/**
 * What was asked.
 *
 * @param expr in PromQL; empty before anything was asked
 * @param range key of one of {@link Span#LENGTHS}
 */
public record Question(String expr, String range) {}
