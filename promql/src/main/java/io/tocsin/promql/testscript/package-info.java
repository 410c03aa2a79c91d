/**
 * The PromQL test language: decides whether an engine answers a script's queries as the script says.
 * Touches no topic.
 * Pure, but for reading the script file and printing its failures.
 */
@NullMarked
package io.tocsin.promql.testscript;

import org.jspecify.annotations.NullMarked;
