/**
 * What an expression gives on some series, at one time or at many: evaluation series by series, in columns.
 * Touches no topics. Pure, but for the clock that ends queries that take too long.
 */
@NullMarked
package io.tocsin.promql.engine;

import org.jspecify.annotations.NullMarked;
