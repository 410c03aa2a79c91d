/**
 * Reads what happens from the log and keeps the picture of it current.
 * Reads tocsin.incidents, tocsin.remediations, tocsin.alerts, tocsin.topology, tocsin.doors and tocsin.rules. Shell.
 */
@NullMarked
package io.tocsin.console.intake;

import org.jspecify.annotations.NullMarked;
