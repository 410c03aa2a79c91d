/**
 * Shows the metrics of one module in the Prometheus text format.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.runtime.metrics;

import org.jspecify.annotations.NullMarked;
