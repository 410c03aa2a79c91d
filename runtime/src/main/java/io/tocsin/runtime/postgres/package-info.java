/**
 * Where PostgreSQL is; runs a module's migrations before its first statement.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.runtime.postgres;

import org.jspecify.annotations.NullMarked;
