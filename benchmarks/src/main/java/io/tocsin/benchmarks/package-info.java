/** What is measured: speed and memory, apart from the tests. Shell. */
@NullMarked
package io.tocsin.benchmarks;

import org.jspecify.annotations.NullMarked;
