/**
 * Brings notices from the outbox to their receivers, and decides what a failed try means.
 * Touches no topic. Shell around a pure decision.
 */
@NullMarked
package io.tocsin.notifier.deliver;

import org.jspecify.annotations.NullMarked;
