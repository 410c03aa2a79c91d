/**
 * OTLP over gRPC and HTTP: what a request is, and what it is answered.
 * Touches no topic. Shell around pure decoding.
 */
@NullMarked
package io.tocsin.collector.otlp;

import org.jspecify.annotations.NullMarked;
