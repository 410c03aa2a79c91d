/**
 * Brings rule files into force: checks them as a whole, publishes a version, reads all versions.
 * Reads and writes tocsin.rules. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.rules.apply;

import org.jspecify.annotations.NullMarked;
