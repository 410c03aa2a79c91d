/**
 * {@code tocsin remote-write}: sends what the topics hold to a long-term store that takes Prometheus remote write.
 * Reads otlp_metrics. Shell around the engine's translation of OTLP.
 */
@NullMarked
package io.tocsin.standalone.forward;

import org.jspecify.annotations.NullMarked;
