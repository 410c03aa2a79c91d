/**
 * The rules engine as a module: its topology, its configuration, its start and stop.
 * Touches every topic but otlp_logs through its stages. Shell.
 */
@Configuration
@Requires(property = "tocsin.module", value = "rules-engine")
@NullMarked
package io.tocsin.rulesengine;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
