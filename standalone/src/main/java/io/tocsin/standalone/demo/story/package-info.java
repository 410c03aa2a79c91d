/**
 * The whole story unattended: break, detect, tell, repair, verify, tell that it is over.
 * Reads alerts, incidents and remediations. Shell.
 */
@NullMarked
package io.tocsin.standalone.demo.story;

import org.jspecify.annotations.NullMarked;
