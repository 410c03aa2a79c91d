/**
 * Playbooks tried without touching anything: unit tests that people write, and recorded incidents.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.selfheal.trial;

import org.jspecify.annotations.NullMarked;
