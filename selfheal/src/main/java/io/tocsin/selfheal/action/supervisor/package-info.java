/**
 * Has supervisor restart, start and stop processes, by its XML-RPC interface.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.supervisor;

import org.jspecify.annotations.NullMarked;
