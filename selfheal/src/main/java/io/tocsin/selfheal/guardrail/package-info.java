/**
 * Decides whether a repair may run: guards in one order, each with a named reason; whatever is unknown stops it.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.selfheal.guardrail;

import org.jspecify.annotations.NullMarked;
