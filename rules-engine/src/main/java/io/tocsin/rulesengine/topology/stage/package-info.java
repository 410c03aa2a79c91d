/**
 * Runs pairing in Kafka Streams: what waits and what is counted lies in logged stores.
 * Reads edges; writes tocsin.topology. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.topology.stage;

import org.jspecify.annotations.NullMarked;
