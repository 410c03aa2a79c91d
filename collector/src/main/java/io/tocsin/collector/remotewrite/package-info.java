/**
 * Prometheus remote write 1.0 and 2.0: which series a request carries, who of a pair is heard, and the same as OTLP.
 * Produces otlp_metrics by way of the OTLP reception. Shell around pure translation.
 */
@NullMarked
package io.tocsin.collector.remotewrite;

import org.jspecify.annotations.NullMarked;
