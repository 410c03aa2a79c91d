/**
 * What a browser may do with the console's pages, and who may send it forms.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.security;

import org.jspecify.annotations.NullMarked;
