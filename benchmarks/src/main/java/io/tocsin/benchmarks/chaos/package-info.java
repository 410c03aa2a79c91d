/**
 * {@code tocsin chaos}: breaks parts of Tocsin at random, with a seed, and counts what was lost, said twice or said
 * differently.
 */
@NullMarked
package io.tocsin.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
