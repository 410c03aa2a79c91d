/**
 * Tells a program: runs it and hands it the notice.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.notifier.deliver.command;

import org.jspecify.annotations.NullMarked;
