/**
 * Why a request is not taken, and how that is said over HTTP and gRPC.
 * Touches no topic. Pure but for the controller of early errors.
 */
@NullMarked
package io.tocsin.collector.answer;

import org.jspecify.annotations.NullMarked;
