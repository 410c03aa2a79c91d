/**
 * Expressions, as tables and graphs.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.query;

import org.jspecify.annotations.NullMarked;
