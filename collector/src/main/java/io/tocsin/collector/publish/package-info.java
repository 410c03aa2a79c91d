/**
 * One record per target, acknowledged by all in-sync replicas.
 * Produces otlp_metrics, otlp_spans, otlp_logs. Shell.
 */
@NullMarked
package io.tocsin.collector.publish;

import org.jspecify.annotations.NullMarked;
