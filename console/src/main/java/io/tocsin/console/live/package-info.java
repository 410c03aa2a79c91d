/**
 * Tells open pages that something changed, so that they fetch it.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.live;

import org.jspecify.annotations.NullMarked;
