/**
 * Brings incidents from Kafka into the database: decision and offset in one transaction.
 * Reads tocsin.incidents, writes tocsin.dead_letters; writes the alerts that others post to tocsin.alerts. Shell.
 */
@NullMarked
package io.tocsin.notifier.intake;

import org.jspecify.annotations.NullMarked;
