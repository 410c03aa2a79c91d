/**
 * How a module runs: one Micronaut context per module, several of them in one JVM.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.runtime;

import org.jspecify.annotations.NullMarked;
