/**
 * Runs evaluation in Kafka Streams: one processor per evaluate partition, its memory in logged stores.
 * Reads partials; writes tocsin.alerts. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.evaluate.stage;

import org.jspecify.annotations.NullMarked;
