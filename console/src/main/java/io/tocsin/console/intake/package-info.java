/**
 * Reads what happens from the log and keeps the picture of it current.
 * Reads tocsin.incidents and tocsin.remediations. Shell.
 */
@NullMarked
package io.tocsin.console.intake;

import org.jspecify.annotations.NullMarked;
