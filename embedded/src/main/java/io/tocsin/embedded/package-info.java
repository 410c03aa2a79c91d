/**
 * A real Kafka broker and a real PostgreSQL inside this process tree, for one machine and for tests.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.embedded;

import org.jspecify.annotations.NullMarked;
