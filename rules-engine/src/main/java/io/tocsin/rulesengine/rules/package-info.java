/**
 * Rule files: decides what a file says, and every reason why it cannot be used, with its position.
 * Touches no topics; {@code tocsin.rules} carries the texts that are parsed here.
 * Pure, but for {@link io.tocsin.rulesengine.rules.RuleFileParser#parse(java.util.List)}, which reads files.
 */
@NullMarked
package io.tocsin.rulesengine.rules;

import org.jspecify.annotations.NullMarked;
