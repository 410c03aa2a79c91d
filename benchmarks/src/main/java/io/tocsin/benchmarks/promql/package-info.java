/**
 * Benchmarks of the PromQL library: what a query costs, by shape and number of series.
 * Touches no topic.
 * Pure.
 */
@NullMarked
package io.tocsin.benchmarks.promql;

import org.jspecify.annotations.NullMarked;
