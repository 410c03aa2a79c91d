/**
 * The notifier: decides who is told of an incident, when, once; and tells them.
 * Reads tocsin.incidents. Shell: this package starts the parts.
 */
@Configuration
@Requires(property = "tocsin.module", value = "notifier")
@NullMarked
package io.tocsin.notifier;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
