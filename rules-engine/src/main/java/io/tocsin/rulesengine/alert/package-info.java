/**
 * Decides which alert instance changes state, and why, from what one evaluation of its rule found.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.alert;

import org.jspecify.annotations.NullMarked;
