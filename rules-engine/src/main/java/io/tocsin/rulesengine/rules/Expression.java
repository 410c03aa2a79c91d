package io.tocsin.rulesengine.rules;

import io.tocsin.promql.ast.Expr;

/**
 * A PromQL expression of a rule.
 *
 * @param text as it is written
 */
public record Expression(String text, Expr expr) {}
