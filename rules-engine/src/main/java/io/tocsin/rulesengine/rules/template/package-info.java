/**
 * The templates of labels and annotations: decides what an alert says, with the functions that Prometheus offers.
 * Touches no topics.
 * Pure: queries and the evaluation time are handed in.
 */
@NullMarked
package io.tocsin.rulesengine.rules.template;

import org.jspecify.annotations.NullMarked;
