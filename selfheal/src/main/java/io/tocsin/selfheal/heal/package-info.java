/**
 * The healer: asks what is going on, lets the guards decide, carries out steps, verifies, and writes all of it down.
 * Writes tocsin.remediations through an outbox. Shell around {@code guardrail} and {@code machine}.
 */
@NullMarked
package io.tocsin.selfheal.heal;

import org.jspecify.annotations.NullMarked;
