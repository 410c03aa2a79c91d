/**
 * Has systemd on other machines restart, start and stop units, by SSH.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.systemd;

import org.jspecify.annotations.NullMarked;
