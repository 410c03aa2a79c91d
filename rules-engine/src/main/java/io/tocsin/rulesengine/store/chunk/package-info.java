/**
 * Compressed runs of samples: columns of differences in as few bits as they need.
 * Touches no topic. Pure core.
 */
@NullMarked
package io.tocsin.rulesengine.store.chunk;

import org.jspecify.annotations.NullMarked;
