/**
 * Decides whether a time lies in an interval that a configuration names, after Alertmanager's semantics.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.interval;

import org.jspecify.annotations.NullMarked;
