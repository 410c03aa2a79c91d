package io.tocsin.collector.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.admission.Decision.Cause;
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
 * Bounds the bytes and the requests that wait for Kafka and the rate of each client, and knows which requests are under way. The
 * bound on requests follows Kafka's latency: it shrinks while acknowledgements take longer than they used to. Times are
 * System.nanoTime values.
 */
@Singleton
public final class Admission {

    private static final long SENDER_SEEN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_SENDERS = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    // Twice the usual latency is no queue yet: records wait up to linger.ms for their batch.
    private static final double LATENCY_TOLERANCE = 2.0;
    private static final int QUEUE = 16;

    private final long limit;
    private final Limit requestLimit;
    private final TokenBuckets buckets;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
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

    /**
     * What is to be admitted.
     *
     * @param bytes its size after decompression
     * @param client who is charged for it
     * @param sender the peer's address
     */
    public record Request(Priority priority, int bytes, String client, String sender) {}

    Admission(CollectorSettings settings, AdmissionSettings admission) {
        this.limit = settings.maxInFlightBytes();
        this.buckets = new TokenBuckets(admission.clientBytesPerSecond(), admission.clientBurstBytes());
        this.requestLimit = Gradient2Limit.newBuilder()
                .minLimit(admission.leastRequests())
                .initialLimit(admission.mostRequests())
                .maxConcurrency(admission.mostRequests())
                .rttTolerance(LATENCY_TOLERANCE)
                .queueSize(QUEUE)
                .build();
    }

    /** Room for a request, or why there is none. */
    public Decision decide(Request request, long now) {
        if (senders.size() < MOST_SENDERS || senders.containsKey(request.sender())) {
            senders.put(request.sender(), now);
        }
        long bytes = inFlight.addAndGet(request.bytes());
        int count = requests.incrementAndGet();
        Optional<Decision.Refused> refusal = refusal(request, bytes, count, now);
        if (refusal.isPresent()) {
            release(request);
            refused.incrementAndGet();
            return refusal.get();
        }
        UnderWay entry = new UnderWay(now, sequence.incrementAndGet());
        underWay.add(entry);
        AtomicBoolean open = new AtomicBoolean(true);
        return new Decision.Admitted((end, endNow) -> {
            if (open.getAndSet(false)) {
                underWay.remove(entry);
                if (end != Permit.End.NOTHING_PUBLISHED) {
                    long took = Math.max(1, endNow - now);
                    requestLimit.onSample(now, took, requests.get(), end == Permit.End.UNACKNOWLEDGED);
                }
                release(request);
            }
        });
    }

    private Optional<Decision.Refused> refusal(Request request, long bytes, int count, long now) {
        // Alone, the largest request that is taken at all passes whatever its priority: it could never pass otherwise.
        boolean alone = bytes == request.bytes();
        if (bytes > (alone ? limit : request.priority().of(limit))) {
            return Optional.of(new Decision.Refused(Cause.BYTES_IN_FLIGHT, RETRY_AFTER));
        }
        if (count > request.priority().of(requestLimit.getLimit())) {
            return Optional.of(new Decision.Refused(Cause.REQUESTS_IN_FLIGHT, RETRY_AFTER));
        }
        return buckets.take(request.client(), request.bytes(), now)
                .map(wait -> new Decision.Refused(Cause.CLIENT_OVER_RATE, wait));
    }

    private void release(Request request) {
        requests.decrementAndGet();
        inFlight.addAndGet(-request.bytes());
    }

    /** Bytes that wait for Kafka's acknowledgement. */
    public long inFlightBytes() {
        return inFlight.get();
    }

    /** How many requests may wait for Kafka's acknowledgement now. */
    public int requestLimit() {
        return requestLimit.getLimit();
    }

    /** Whether a request of ordinary size would be admitted. */
    public boolean accepting() {
        return inFlight.get() < limit && requests.get() < requestLimit.getLimit();
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
