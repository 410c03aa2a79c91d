/**
 * {@code tocsin dead-letters}: what could not be processed, looked at and sent again.
 * Reads tocsin.dead_letters; replay writes the topics that letters came from. Shell.
 */
@NullMarked
package io.tocsin.standalone.deadletter;

import org.jspecify.annotations.NullMarked;
