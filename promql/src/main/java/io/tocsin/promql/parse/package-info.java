/**
 * Which texts are PromQL, what they mean as a tree, and how a tree is written as text again.
 * Touches no topics. Pure.
 */
@NullMarked
package io.tocsin.promql.parse;

import org.jspecify.annotations.NullMarked;
