/**
 * {@code tocsin chaos}: what is lost when processes are killed under load.
 * Shell.
 */
@NullMarked
package io.tocsin.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
