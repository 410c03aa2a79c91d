/**
 * What is wrong around an instance, and what to do about it. Looks, and changes nothing.
 * Reads the newest record of tocsin.doors. Shell.
 */
@NullMarked
package io.tocsin.standalone.doctor;

import org.jspecify.annotations.NullMarked;
