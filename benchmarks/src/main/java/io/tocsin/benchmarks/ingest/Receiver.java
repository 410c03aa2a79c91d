package io.tocsin.benchmarks.ingest;

import java.io.IOException;

/** A collector under measurement. */
interface Receiver {

    /** The port of its OTLP over HTTP. */
    int port();

    /** Processor time of all its threads since it began, seconds. */
    double cpuSeconds() throws IOException;

    /** Bytes allocated on its heap since it began; negative when it does not say. */
    long allocatedBytes();
}
