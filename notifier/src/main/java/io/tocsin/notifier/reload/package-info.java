/**
 * Decides which configuration is in force: the file's, or the last one that was right.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.notifier.reload;

import org.jspecify.annotations.NullMarked;
