/**
 * Carries out commands: an argument list, never a shell, with nothing of this process's environment.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action;

import org.jspecify.annotations.NullMarked;
