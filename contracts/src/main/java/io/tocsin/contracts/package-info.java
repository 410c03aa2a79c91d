/**
 * The contract between modules: topics, keys, serdes, and target identity. Decides nothing.
 * Touches every topic by name, creates them at start. Pure, except {@link io.tocsin.contracts.TopicCreation}.
 */
@NullMarked
package io.tocsin.contracts;

import org.jspecify.annotations.NullMarked;
