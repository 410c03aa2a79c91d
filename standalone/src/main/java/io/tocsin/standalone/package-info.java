/**
 * Decides nothing: the tocsin command.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone;

import org.jspecify.annotations.NullMarked;
