/**
 * The door: receives telemetry, admits or refuses it, publishes it to Kafka and answers when Kafka has it.
 * Produces the telemetry topics and tocsin.doors. Shell around {@code otlp} and {@code admission}.
 */
@Configuration
@Requires(property = RunningModule.MODULE_PROPERTY, value = CollectorApplication.MODULE)
@NullMarked
package io.tocsin.collector;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import io.tocsin.runtime.RunningModule;
import org.jspecify.annotations.NullMarked;
