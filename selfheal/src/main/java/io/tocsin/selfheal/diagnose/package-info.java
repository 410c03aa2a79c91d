/**
 * Asks the world: health endpoints, PromQL conditions, commands, silences, the state of Tocsin's own pipeline.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.diagnose;

import org.jspecify.annotations.NullMarked;
