/**
 * Decides whether a group's receiver is told now, of what, and why.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.group;

import org.jspecify.annotations.NullMarked;
