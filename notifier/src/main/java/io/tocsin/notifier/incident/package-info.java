/**
 * Decides nothing: what the notifier knows of an incident, as tocsin.incidents told it.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.incident;

import org.jspecify.annotations.NullMarked;
