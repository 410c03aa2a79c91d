/**
 * Keeps what the notifier knows and decided in PostgreSQL; callers hold the transaction.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.notifier.store;

import org.jspecify.annotations.NullMarked;
