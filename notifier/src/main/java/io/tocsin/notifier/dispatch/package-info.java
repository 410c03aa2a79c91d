/**
 * Brings alerts to their groups and groups to their decisions, each in one transaction.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.notifier.dispatch;

import org.jspecify.annotations.NullMarked;
