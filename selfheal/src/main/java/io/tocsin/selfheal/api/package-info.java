/**
 * What people and the console ask and decide: repairs, approvals, the kill switch, quarantine, the audit.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.api;

import org.jspecify.annotations.NullMarked;
