package io.tocsin.collector.connection;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections together may hold; bodies are those of both transports. */
@Singleton
public final class ConnectionBudget {

    private final int mostConnections;
    private final long mostBytes;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    @Inject
    ConnectionBudget(ConnectionSettings settings) {
        this(settings.max(), settings.maxBufferedBytes());
    }

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
    public boolean buffered(long count) {
        return bytes.addAndGet(count) <= mostBytes;
    }

    /** Gives bytes back. */
    public void released(long count) {
        bytes.addAndGet(-count);
    }

    int connections() {
        return connections.get();
    }

    long bytes() {
        return bytes.get();
    }
}
