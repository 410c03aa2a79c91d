/**
 * Self-healing: decides whether a repair may run, runs it, and finds out whether it worked.
 * Reads tocsin.incidents, writes tocsin.remediations. Shell around pure packages.
 */
@Configuration
@Requires(property = "tocsin.module", value = "selfheal")
@NullMarked
package io.tocsin.selfheal;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
