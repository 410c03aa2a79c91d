/**
 * Who calls whom, and where each service stands on the map. Decides nothing but places.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.console.graph;

import org.jspecify.annotations.NullMarked;
