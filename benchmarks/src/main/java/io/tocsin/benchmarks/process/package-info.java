/**
 * Parts of Tocsin as processes of their own, so that they can be measured, paused and killed one by one. Linux only.
 */
@NullMarked
package io.tocsin.benchmarks.process;

import org.jspecify.annotations.NullMarked;
