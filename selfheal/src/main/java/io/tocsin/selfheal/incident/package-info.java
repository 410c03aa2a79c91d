/**
 * What self-healing knows of an incident: its root cause and its alerts, after one tick.
 * Touches no topic; {@code intake} fills it from tocsin.incidents. Pure.
 */
@NullMarked
package io.tocsin.selfheal.incident;

import org.jspecify.annotations.NullMarked;
