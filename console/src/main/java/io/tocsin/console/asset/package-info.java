/**
 * Serves style sheet, scripts and icons from the class path under names that change with their content.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.asset;

import org.jspecify.annotations.NullMarked;
