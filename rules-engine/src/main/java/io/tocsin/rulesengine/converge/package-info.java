/**
 * Decides which alerts are one incident, what its likely cause is, and when it is over. Turns tocsin.alerts,
 * tocsin.topology and tocsin.remediations into tocsin.incidents. Pure; the Kafka shell is in {@code stage}.
 */
@NullMarked
package io.tocsin.rulesengine.converge;

import org.jspecify.annotations.NullMarked;
