/**
 * What a PromQL expression is made of: sealed records, functions, operators, positions.
 * Touches no topics. Pure.
 */
@NullMarked
package io.tocsin.promql.ast;

import org.jspecify.annotations.NullMarked;
