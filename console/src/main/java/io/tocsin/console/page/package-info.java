/**
 * Turns what is known into pages. Decides nothing but how it is worded and ordered.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.page;

import org.jspecify.annotations.NullMarked;
