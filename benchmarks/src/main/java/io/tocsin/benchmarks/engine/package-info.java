/**
 * The rules engine under load, as a process of its own: what it costs, how fast it is, how soon it is back.
 */
@NullMarked
package io.tocsin.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
