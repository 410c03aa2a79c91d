/**
 * Decides what each rule of a version computes where and when: plans, ticks, evaluate partitions; and which version is in force.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.rules.compile;

import org.jspecify.annotations.NullMarked;
