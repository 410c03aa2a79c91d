/**
 * Runs probes: connects, asks, measures, publishes.
 * Produces otlp_metrics, through the collector's publisher. Shell around {@code probe} and {@code discover}.
 */
@NullMarked
package io.tocsin.collector.probe.run;

import org.jspecify.annotations.NullMarked;
