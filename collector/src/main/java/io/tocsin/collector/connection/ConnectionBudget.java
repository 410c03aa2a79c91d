package io.tocsin.collector.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections together may hold. */
final class ConnectionBudget {

    private final int mostConnections;
    private final long mostBytes;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    ConnectionBudget(int mostConnections, long mostBytes) {
        this.mostConnections = mostConnections;
        this.mostBytes = mostBytes;
    }

    /** Whether one more connection may stay; it is given back with {@link #left} either way. */
    boolean arrived() {
        return connections.incrementAndGet() <= mostConnections;
    }

    void left() {
        connections.decrementAndGet();
    }

    /** Whether these bytes may wait too; they are given back with {@link #released} either way. */
    boolean buffered(int count) {
        return bytes.addAndGet(count) <= mostBytes;
    }

    void released(long count) {
        bytes.addAndGet(-count);
    }

    int connections() {
        return connections.get();
    }

    long bytes() {
        return bytes.get();
    }
}
