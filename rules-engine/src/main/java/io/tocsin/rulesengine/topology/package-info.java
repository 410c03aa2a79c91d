/**
 * Decides which two spans are the two sides of one call, and who calls whom how often in a window of stream time.
 * Turns half-edges into tocsin.topology. Pure; the Kafka shell is in {@code stage}.
 */
@NullMarked
package io.tocsin.rulesengine.topology;

import org.jspecify.annotations.NullMarked;
