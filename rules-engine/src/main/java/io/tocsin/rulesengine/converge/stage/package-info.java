/**
 * Runs convergence in Kafka Streams: facts wait in an inbox for the tick that counts them.
 * Reads tocsin.alerts, tocsin.topology, tocsin.remediations; writes tocsin.incidents, tocsin.dead_letters. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.converge.stage;

import org.jspecify.annotations.NullMarked;
