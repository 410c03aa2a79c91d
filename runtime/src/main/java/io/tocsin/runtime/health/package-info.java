/**
 * Says whether the process lives and whether it can do its work.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.runtime.health;

import org.jspecify.annotations.NullMarked;
