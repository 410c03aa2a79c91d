/**
 * {@code tocsin bench overload}: what becomes of the collector when many times its capacity is offered.
 * Shell.
 */
@NullMarked
package io.tocsin.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
