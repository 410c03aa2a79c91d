/**
 * How often convergence names the right cause, on recorded faults of systems that others ran. Reads the layout of
 * Amazon's PetShop data set. Shell.
 */
@NullMarked
package io.tocsin.benchmarks.rootcause;

import org.jspecify.annotations.NullMarked;
