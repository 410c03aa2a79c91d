/**
 * Reads what operators declare of dependencies, {@code dependencies.yaml}, with the place of each mistake. Touches no
 * topic. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.converge.declared;

import org.jspecify.annotations.NullMarked;
