/**
 * Decides who looks and what they may do: accounts, sessions, roles, cross-site requests, host names.
 * Touches no topic. The decisions are pure; filters and controller are shell.
 */
@NullMarked
package io.tocsin.console.access;

import org.jspecify.annotations.NullMarked;
