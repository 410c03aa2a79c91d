/**
 * Decides what would be told, by the notifier's own decisions, without telling anybody and without a database.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.rehearse;

import org.jspecify.annotations.NullMarked;
