/**
 * From tocsin.incidents to the newest snapshot of each incident, exactly once.
 * Reads tocsin.incidents, writes tocsin.dead_letters. Shell.
 */
@NullMarked
package io.tocsin.selfheal.intake;

import org.jspecify.annotations.NullMarked;
