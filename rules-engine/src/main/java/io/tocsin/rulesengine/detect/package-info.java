/**
 * Decides whether a series that was expected is missing, from nothing but its presence at evaluations.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.detect;

import org.jspecify.annotations.NullMarked;
