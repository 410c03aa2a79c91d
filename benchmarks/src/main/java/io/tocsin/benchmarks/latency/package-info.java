/**
 * How long it takes from an acknowledged sample that crosses a threshold to the webhook, on a fresh instance with
 * everything in it. Reads tocsin.alerts and tocsin.incidents as a stranger would. Shell.
 */
@NullMarked
package io.tocsin.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
