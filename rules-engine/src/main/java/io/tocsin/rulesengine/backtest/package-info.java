/**
 * Rules over a log of the past: the engine's own shards and evaluation without Kafka Streams, and what they would have said.
 * Reads recorded topics, writes none. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.backtest;

import org.jspecify.annotations.NullMarked;
