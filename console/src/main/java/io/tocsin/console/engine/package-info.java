/**
 * What the rules engine says over its HTTP API: alerts, rules, series, its own meters.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.engine;

import org.jspecify.annotations.NullMarked;
