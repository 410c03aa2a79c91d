/**
 * What self-healing asks, did and refuses to do; and its kill switch.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.heal;

import org.jspecify.annotations.NullMarked;
