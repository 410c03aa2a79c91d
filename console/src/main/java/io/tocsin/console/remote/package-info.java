/**
 * Asks the other modules over HTTP. An answer is a value also when there is none: a page shows what is away.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.remote;

import org.jspecify.annotations.NullMarked;
