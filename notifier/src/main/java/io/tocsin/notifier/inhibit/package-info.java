/**
 * Decides whether one alert mutes another by a rule, after Alertmanager's semantics.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.inhibit;

import org.jspecify.annotations.NullMarked;
