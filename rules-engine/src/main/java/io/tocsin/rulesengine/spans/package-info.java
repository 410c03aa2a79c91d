/**
 * Decides what spans say: calls, errors and durations per target as series, and who called whom as half-edges.
 * Reads what lies on the spans topic. Pure; state goes in and comes out.
 */
@NullMarked
package io.tocsin.rulesengine.spans;

import org.jspecify.annotations.NullMarked;
