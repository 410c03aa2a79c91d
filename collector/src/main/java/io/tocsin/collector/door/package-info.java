/**
 * Says every second what this collector accepts, refuses and holds.
 * Produces tocsin.doors. Shell.
 */
@NullMarked
package io.tocsin.collector.door;

import org.jspecify.annotations.NullMarked;
