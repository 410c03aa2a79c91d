/**
 * The picture of the alerts: how each came to its state, and why. Decides nothing.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.console.alert;

import org.jspecify.annotations.NullMarked;
