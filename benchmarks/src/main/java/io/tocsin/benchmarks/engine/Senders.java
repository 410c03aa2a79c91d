package io.tocsin.benchmarks.engine;

import io.opentelemetry.proto.resource.v1.Resource;

/** Targets that report again and again. Used by one thread. */
public interface Senders {

    /** How many there are. */
    int size();

    /** Who one of them is. */
    Resource resource(int target);

    /** The next report of a target, an OTLP metrics request. */
    byte[] report(int target, long atMs);
}
