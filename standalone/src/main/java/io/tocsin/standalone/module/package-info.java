/**
 * One module as a process of its own, from the same configuration directory as the one process tree.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.module;

import org.jspecify.annotations.NullMarked;
