/**
 * Keeps time going in the log: a heartbeat a second to each owned partition, with what the doors and the rules topic say.
 * Reads tocsin.doors, writes otlp_metrics and otlp_spans. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.heartbeat;

import org.jspecify.annotations.NullMarked;
