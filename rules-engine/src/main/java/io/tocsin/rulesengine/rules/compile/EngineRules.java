package io.tocsin.rulesengine.rules.compile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All versions of the rules that this instance has read, and which of them holds at a tick. One thread adds, any thread
 * asks.
 */
public final class EngineRules {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private volatile NavigableMap<String, CompiledRules> versions = new TreeMap<>();
    private final List<String> unusable = new ArrayList<>();
    private long readUpTo;

    /** Adds or replaces a version. */
    public void add(CompiledRules rules) {
        lock.lock();
        try {
            NavigableMap<String, CompiledRules> next = new TreeMap<>(versions);
            next.put(rules.version(), rules);
            versions = next;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A version was read that this engine cannot compile. */
    public void unusable(String version) {
        lock.lock();
        try {
            unusable.add(version);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The versions that this engine cannot compile, in the order in which they were read. */
    public List<String> unusableVersions() {
        lock.lock();
        try {
            return List.copyOf(unusable);
        } finally {
            lock.unlock();
        }
    }

    /** The rules topic has been read up to, and not including, this offset. */
    public void readUpTo(long offset) {
        lock.lock();
        try {
            readUpTo = Math.max(readUpTo, offset);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The version in force at a tick: the one that took effect last, and the newest of those; none before the first. */
    public CompiledRules at(long tickMs) {
        CompiledRules best = CompiledRules.NONE;
        for (CompiledRules candidate : versions.values()) {
            if (candidate.effectiveFromMs() <= tickMs && candidate.effectiveFromMs() >= best.effectiveFromMs()) {
                best = candidate;
            }
        }
        return best;
    }

    /** The newest version, in force or not yet. */
    public @Nullable CompiledRules newest() {
        var last = versions.lastEntry();
        return last == null ? null : last.getValue();
    }

    /**
     * Waits until the rules topic has been read up to an offset.
     *
     * @throws IllegalStateException when that takes longer than the patience: no tick may be evaluated without it
     */
    public void awaitOffset(long endOffset, Duration patience) {
        await(() -> readUpTo >= endOffset, "rules up to offset " + endOffset, patience);
    }

    /**
     * Waits until a version has been read, be it usable or not; the version before the first needs no waiting for.
     *
     * @throws IllegalStateException when that takes longer than the patience: a shard that knows more was here before
     */
    public void awaitVersion(String version, Duration patience) {
        if (version.isEmpty() || versions.containsKey(version)) {
            return;
        }
        await(
                () -> versions.containsKey(version) || unusable.contains(version),
                "rules of version " + version,
                patience);
    }

    private void await(BooleanSupplier reached, String what, Duration patience) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!reached.getAsBoolean()) {
                if (nanos <= 0) {
                    throw new IllegalStateException(
                            what + " were not read within " + patience + ", only up to offset " + readUpTo);
                }
                nanos = advanced.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    /** How far the rules topic has been read. */
    public long readUpTo() {
        lock.lock();
        try {
            return readUpTo;
        } finally {
            lock.unlock();
        }
    }
}
