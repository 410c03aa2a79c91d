/**
 * Decides which receivers an alert goes to and how its notices are grouped and timed.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.route;

import org.jspecify.annotations.NullMarked;
