/**
 * Who asked not to be told, of what, until when; and what a new silence would cover.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.silence;

import org.jspecify.annotations.NullMarked;
