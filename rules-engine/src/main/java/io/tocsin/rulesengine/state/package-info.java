/**
 * Decides how state moves on by one step, how far a set of sources has got, and how state is written to a store.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.state;

import org.jspecify.annotations.NullMarked;
