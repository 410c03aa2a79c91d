/**
 * What a connection over HTTP may cost: how many there are, how long a request may take to arrive, how much waits.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.collector.connection;

import org.jspecify.annotations.NullMarked;
