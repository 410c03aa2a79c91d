package io.tocsin.collector.admission;

import io.tocsin.collector.CollectorSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes that wait for Kafka, and knows which requests are under way. Times are System.nanoTime values. */
@Singleton
public final class Admission {

    private static final long SENDER_SEEN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_SENDERS = 1_000;

    private final long limit;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentSkipListSet<UnderWay> underWay = new ConcurrentSkipListSet<>();
    private final Map<String, Long> senders = new ConcurrentHashMap<>();

    private record UnderWay(long begin, long number) implements Comparable<UnderWay> {
        @Override
        public int compareTo(UnderWay other) {
            // nanoTime values are compared by difference: they may wrap.
            int byTime = Long.signum(begin - other.begin);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    Admission(CollectorSettings settings) {
        this.limit = settings.maxInFlightBytes();
    }

    /** Room for {@code bytes}, or nothing when the limit is reached. */
    public Optional<Permit> admit(int bytes, String sender, long now) {
        if (senders.size() < MOST_SENDERS || senders.containsKey(sender)) {
            senders.put(sender, now);
        }
        if (inFlight.addAndGet(bytes) > limit) {
            inFlight.addAndGet(-bytes);
            refused.incrementAndGet();
            return Optional.empty();
        }
        UnderWay entry = new UnderWay(now, sequence.incrementAndGet());
        underWay.add(entry);
        AtomicBoolean open = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (open.getAndSet(false)) {
                underWay.remove(entry);
                inFlight.addAndGet(-bytes);
            }
        });
    }

    /** Bytes that wait for Kafka's acknowledgement. */
    public long inFlightBytes() {
        return inFlight.get();
    }

    /** Whether a request of ordinary size would be admitted. */
    public boolean accepting() {
        return inFlight.get() < limit;
    }

    /** Requests refused since this was asked last. */
    public long takeRefused() {
        return refused.getAndSet(0);
    }

    /** Age of the oldest request under way, nanoseconds; 0 when there is none. */
    public long oldestNanos(long now) {
        var iterator = underWay.iterator();
        return iterator.hasNext() ? Math.max(0, now - iterator.next().begin()) : 0;
    }

    /** Peers seen within the last minute; older ones are forgotten. */
    public List<String> senders(long now) {
        senders.values().removeIf(seen -> now - seen > SENDER_SEEN_NANOS);
        return senders.keySet().stream().sorted().toList();
    }
}
