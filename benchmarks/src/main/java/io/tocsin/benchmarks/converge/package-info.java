/**
 * Convergence from outside: random interleavings of what it is told, and a storm. Judges only by what it says. Shell.
 */
@NullMarked
package io.tocsin.benchmarks.converge;

import org.jspecify.annotations.NullMarked;
