package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.CollectorProcess.Cost;

/** Tocsin's collector. */
record OwnCollector(AskedProcess process, int port) implements Receiver {

    @Override
    public double cpuSeconds() {
        return Cost.parse(process.ask("cost")).cpuNanos() / 1e9;
    }

    @Override
    public long allocatedBytes() {
        return Cost.parse(process.ask("cost")).allocatedBytes();
    }
}
