/**
 * What Tocsin tells about itself: the metrics of each module over OTLP, to itself or elsewhere.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
