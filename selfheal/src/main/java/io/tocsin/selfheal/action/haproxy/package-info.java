/**
 * Takes servers out of HAProxy's traffic and back, by its runtime API.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.haproxy;

import org.jspecify.annotations.NullMarked;
