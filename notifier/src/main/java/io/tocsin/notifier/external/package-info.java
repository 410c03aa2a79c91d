/**
 * Decides which posts of an alert by others change its state, after Alertmanager's semantics.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.external;

import org.jspecify.annotations.NullMarked;
