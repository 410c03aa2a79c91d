/**
 * Asks the notifier who was told what, and remembers the answer for a moment.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.notice;

import org.jspecify.annotations.NullMarked;
