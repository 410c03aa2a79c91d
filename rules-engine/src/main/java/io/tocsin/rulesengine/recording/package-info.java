/**
 * Topics as they were over a span of time, read from Kafka or from a file, in the order of time.
 * Reads any topic of the contract, writes none. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.recording;

import org.jspecify.annotations.NullMarked;
