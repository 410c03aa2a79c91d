/**
 * The rules in force with their health, and an editor that checks and applies them.
 * Reads the texts of tocsin.rules. Shell.
 */
@NullMarked
package io.tocsin.console.rule;

import org.jspecify.annotations.NullMarked;
