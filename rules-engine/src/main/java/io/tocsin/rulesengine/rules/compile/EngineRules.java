package io.tocsin.rulesengine.rules.compile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
        } finally {
            lock.unlock();
        }
    }

    /** A version was read that this engine cannot compile. */
    public void unusable(String version) {
        lock.lock();
        try {
            unusable.add(version);
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
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (readUpTo < endOffset) {
                if (nanos <= 0) {
                    throw new IllegalStateException("rules were not read up to offset " + endOffset + " within "
                            + patience + ", only to " + readUpTo);
                }
                nanos = advanced.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for rules", e);
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
