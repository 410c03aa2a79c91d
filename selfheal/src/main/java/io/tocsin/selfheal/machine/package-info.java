/**
 * What a repair does next: one table of states and inputs, so that every repair ends verified or escalated.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.selfheal.machine;

import org.jspecify.annotations.NullMarked;
