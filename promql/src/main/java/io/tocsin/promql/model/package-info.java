/**
 * What series and results are: labels, matchers, samples, values, and how Prometheus prints numbers and strings.
 * Touches no topics. Pure.
 */
@NullMarked
package io.tocsin.promql.model;

import org.jspecify.annotations.NullMarked;
