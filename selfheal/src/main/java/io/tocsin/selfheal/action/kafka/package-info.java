/**
 * Sends messages to topics that others act on, never to Tocsin's own.
 * Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.kafka;

import org.jspecify.annotations.NullMarked;
