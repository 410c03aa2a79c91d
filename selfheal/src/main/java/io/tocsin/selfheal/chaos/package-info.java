/**
 * A simulated fleet around the real decisions: whether anything that must never happen can be made to happen.
 * Touches no topic. Pure: the same seed is the same history.
 */
@NullMarked
package io.tocsin.selfheal.chaos;

import org.jspecify.annotations.NullMarked;
