/**
 * Decides which samples are kept, which series exist and how fresh they are; answers selectors over them.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.store;

import org.jspecify.annotations.NullMarked;
