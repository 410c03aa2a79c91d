/**
 * The playbooks, inventory and limits in force, from the files that operators write; a change with a problem is refused
 * as a whole. Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.playbook.files;

import org.jspecify.annotations.NullMarked;
