/**
 * The configuration directory: writes the starter files, reads tocsin.yaml.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.config;

import org.jspecify.annotations.NullMarked;
