/**
 * Decides which alerts are silenced.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.silence;

import org.jspecify.annotations.NullMarked;
