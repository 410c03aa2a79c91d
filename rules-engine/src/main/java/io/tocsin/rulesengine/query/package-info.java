/**
 * Answers Prometheus' HTTP API over the shards of this instance, and takes rule files in.
 * Writes tocsin.rules through the publisher. Shell.
 */
@NullMarked
package io.tocsin.rulesengine.query;

import org.jspecify.annotations.NullMarked;
