/**
 * How good the spike detector is: on the series and labels of the Numenta Anomaly Benchmark, and over series in which
 * nothing is wrong. Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.benchmarks.detect;

import org.jspecify.annotations.NullMarked;
