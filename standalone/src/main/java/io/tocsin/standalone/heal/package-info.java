/**
 * The commands of self-healing: the kill switch, approvals, playbooks checked, tested and tried, and the simulated fleet.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.heal;

import org.jspecify.annotations.NullMarked;
