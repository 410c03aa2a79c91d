/**
 * Runs alerts through convergence and the notifier's decisions in memory, to see what would be told.
 * Touches no topic. Shell: joins the pure cores of two modules.
 */
@NullMarked
package io.tocsin.standalone.rehearse;

import org.jspecify.annotations.NullMarked;
