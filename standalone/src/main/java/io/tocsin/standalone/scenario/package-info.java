/**
 * Tests of the whole way from samples to notices and repairs, without a server.
 * Touches no topic. Shell: joins the pure cores of three modules.
 */
@NullMarked
package io.tocsin.standalone.scenario;

import org.jspecify.annotations.NullMarked;
