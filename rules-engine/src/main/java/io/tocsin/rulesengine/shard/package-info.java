/**
 * Decides what one telemetry partition contributes at each tick: samples, the local part of due rules, half-edges.
 * Reads otlp_metrics and otlp_spans; writes partials, edges, tocsin.dead_letters. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.shard;

import org.jspecify.annotations.NullMarked;
