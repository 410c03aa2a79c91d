/**
 * Decides whether a value is unlike everything its series has shown: at any time, at this hour of the day, within this
 * week, compared with what went before. Learns while it runs and touches no topic. Pure.
 */
@NullMarked
package io.tocsin.rulesengine.detect.spike;

import org.jspecify.annotations.NullMarked;
