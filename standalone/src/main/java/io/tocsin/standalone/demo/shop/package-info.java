/**
 * The demo's services: storefront, checkout and ledger are one program with three configurations.
 * Touches no topic: it is an ordinary OpenTelemetry application. Shell.
 */
@NullMarked
package io.tocsin.standalone.demo.shop;

import org.jspecify.annotations.NullMarked;
