package io.tocsin.collector.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.admission.Decision.Cause;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes and the requests that are under way and the rate of each client, and knows which they are. The bound on
 * requests follows the latency from entry to acknowledgement: it is as large as keeps a short queue and no longer one, so that
 * the latency of what is taken stays near its least whatever is offered (TCP Vegas, Brakmo and Peterson 1995). Times are
 * System.nanoTime values.
 */
@Singleton
public final class Admission {

    private static final long SENDER_SEEN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_SENDERS = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    // Above what any machine works on at once, and not so far that it takes long to come down.
    private static final int INITIAL_REQUESTS = 64;

    private final long limit;
    private final int leastRequests;
    private final Limit requestLimit;
    private final TokenBuckets buckets;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentSkipListSet<Entry> underWay = new ConcurrentSkipListSet<>();
    private final Map<String, Long> senders = new ConcurrentHashMap<>();

    /**
     * What is to be admitted.
     *
     * @param bytes its size after decompression
     * @param client who is charged for it
     * @param sender the peer's address
     */
    public record Request(Priority priority, int bytes, String client, String sender) {}

    @Inject
    Admission(CollectorSettings settings, AdmissionSettings admission) {
        this(settings, admission, requestLimit(admission).build());
    }

    Admission(CollectorSettings settings, AdmissionSettings admission, Limit requestLimit) {
        this.limit = settings.maxInFlightBytes();
        this.leastRequests = admission.leastRequests();
        this.buckets = new TokenBuckets(admission.clientBytesPerSecond(), admission.clientBurstBytes());
        this.requestLimit = requestLimit;
    }

    /** Learns the least latency anew from time to time, at random: what is near may move away. */
    static VegasLimit.Builder requestLimit(AdmissionSettings admission) {
        return VegasLimit.newBuilder()
                .initialLimit(Math.clamp(INITIAL_REQUESTS, admission.leastRequests(), admission.mostRequests()))
                .maxConcurrency(admission.mostRequests());
    }

    /** Room for a request whose size is known, or why there is none; a refusal is counted. */
    public Decision decide(Request request, long now) {
        Decision decision = enter(request.priority(), request.bytes(), request.sender(), now);
        if (decision instanceof Decision.Admitted(Permit permit)) {
            Optional<Decision.Refused> refusal = permit.sized(request.bytes(), request.client(), now);
            if (refusal.isPresent()) {
                permit.settle(Permit.End.NOTHING_PUBLISHED, now);
                decision = refusal.get();
            }
        }
        if (decision instanceof Decision.Refused) {
            refused();
        }
        return decision;
    }

    /**
     * Room for a request that has arrived and was not looked at yet, or why there is none.
     *
     * @param bytes its size as it arrived; {@link Permit#sized} tells what became of it
     */
    public Decision enter(Priority priority, int bytes, String sender, long now) {
        if (senders.size() < MOST_SENDERS || senders.containsKey(sender)) {
            senders.put(sender, now);
        }
        Entry entry = new Entry(priority, bytes, now, sequence.incrementAndGet());
        long all = inFlight.addAndGet(bytes);
        int count = requests.incrementAndGet();
        if (!fits(priority, bytes, all)) {
            entry.leave();
            return new Decision.Refused(Cause.BYTES_IN_FLIGHT, RETRY_AFTER);
        }
        if (count > priority.of(requestLimit())) {
            entry.leave();
            return new Decision.Refused(Cause.REQUESTS_IN_FLIGHT, RETRY_AFTER);
        }
        underWay.add(entry);
        return new Decision.Admitted(entry);
    }

    /** Counts a request that was refused in the end. */
    public void refused() {
        refused.incrementAndGet();
    }

    private boolean fits(Priority priority, int bytes, long all) {
        // Alone, the largest request that is taken at all passes whatever its priority: it could never pass otherwise.
        boolean alone = all == bytes;
        return all <= (alone ? limit : priority.of(limit));
    }

    private final class Entry implements Permit, Comparable<Entry> {

        private final Priority priority;
        private final long begin;
        private final long number;
        private final AtomicInteger bytes;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Entry(Priority priority, int bytes, long begin, long number) {
            this.priority = priority;
            this.bytes = new AtomicInteger(bytes);
            this.begin = begin;
            this.number = number;
        }

        @Override
        public Optional<Decision.Refused> sized(int total, String client, long now) {
            long all = inFlight.addAndGet(total - bytes.getAndSet(total));
            if (!fits(priority, total, all)) {
                return Optional.of(new Decision.Refused(Cause.BYTES_IN_FLIGHT, RETRY_AFTER));
            }
            return buckets.take(client, total, now).map(wait -> new Decision.Refused(Cause.CLIENT_OVER_RATE, wait));
        }

        @Override
        public void settle(End end, long now) {
            if (!open.getAndSet(false)) {
                return;
            }
            underWay.remove(this);
            if (end != End.NOTHING_PUBLISHED) {
                long took = Math.max(1, now - begin);
                requestLimit.onSample(begin, took, requests.get(), end == End.UNACKNOWLEDGED);
            }
            leave();
        }

        private void leave() {
            requests.decrementAndGet();
            inFlight.addAndGet(-bytes.get());
        }

        @Override
        public int compareTo(Entry other) {
            // nanoTime values are compared by difference: they may wrap.
            int byTime = Long.signum(begin - other.begin);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    /** Bytes that wait for Kafka's acknowledgement. */
    public long inFlightBytes() {
        return inFlight.get();
    }

    /** How many requests may be under way now. */
    public int requestLimit() {
        return Math.max(leastRequests, requestLimit.getLimit());
    }

    /** Whether a request of ordinary size would be taken, at once or after a short wait for its turn. */
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
        return iterator.hasNext() ? Math.max(0, now - iterator.next().begin) : 0;
    }

    /** Peers seen within the last minute; older ones are forgotten. */
    public List<String> senders(long now) {
        senders.values().removeIf(seen -> now - seen > SENDER_SEEN_NANOS);
        return senders.keySet().stream().sorted().toList();
    }
}
