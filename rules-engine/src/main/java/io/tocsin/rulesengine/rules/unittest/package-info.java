/**
 * Unit tests of rules in promtool's format: decides whether rules do what a test file says, with Prometheus' semantics.
 * Touches no topics.
 * Pure, but for {@link io.tocsin.rulesengine.rules.unittest.UnitTests}, which reads files.
 */
@NullMarked
package io.tocsin.rulesengine.rules.unittest;

import org.jspecify.annotations.NullMarked;
