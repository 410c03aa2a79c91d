/**
 * The console: shows incidents and what was done about them, and forwards a person's decisions. Decides nothing.
 * Its intake reads the log, the other modules are asked over HTTP. Shell: this package starts the parts.
 */
@Configuration
@Requires(property = "tocsin.module", value = "console")
@NullMarked
package io.tocsin.console;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
