/**
 * Decides when a tick is ready, what each due rule finds at it, and so which alerts change state. Turns partials into
 * tocsin.alerts. Pure; the Kafka shell is in {@code stage}.
 */
@NullMarked
package io.tocsin.rulesengine.evaluate;

import org.jspecify.annotations.NullMarked;
