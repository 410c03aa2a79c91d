/**
 * Decides which ticks fire when a record arrives, where the log had gaps, and whether the doors prove silence.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.tick;

import org.jspecify.annotations.NullMarked;
