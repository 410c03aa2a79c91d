/**
 * Writes down what could not be processed, with its reason and where it came from.
 * For tocsin.dead_letters. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.deadletter;

import org.jspecify.annotations.NullMarked;
