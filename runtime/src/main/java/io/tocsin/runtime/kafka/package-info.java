/**
 * Where Kafka is and how its clients are set up.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.runtime.kafka;

import org.jspecify.annotations.NullMarked;
