package io.tocsin.console.live;

import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Says that what pages show has changed; the pages then fetch themselves anew. A version names one state of the
 * picture: two are equal only when nothing changed between them.
 */
public final class LiveFeed implements AutoCloseable {

    /** Changes that come closer together are one event. */
    private static final Duration TOGETHER = Duration.ofMillis(150);
    /** Shorter than the time after which proxies give up on a silent connection. */
    private static final Duration ALIVE = Duration.ofSeconds(15);
    /** What a browser waits before it connects again. */
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    /** A page must show again that its session lasts. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final String process;
    private final int most;
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger watchers = new AtomicInteger();
    private final Sinks.Many<Long> changes = Sinks.many().multicast().directBestEffort();

    /**
     * Starts at version zero of this process.
     *
     * @param process differs from one start of the console to the next
     * @param most pages that listen at a time
     */
    public LiveFeed(String process, int most) {
        this.process = process;
        this.most = most;
    }

    /** The state that a page fetched now shows, or an earlier one. */
    public String version() {
        return process + "-" + count.get();
    }

    /** Open pages that listen. */
    public int watchers() {
        return watchers.get();
    }

    /** Whether no more pages may listen. */
    public boolean isFull() {
        return watchers.get() >= most;
    }

    /** Something changed. */
    public synchronized void changed() {
        // Whoever connects in this moment sees the new version, so a lost emission loses nothing.
        var _ = changes.tryEmitNext(count.incrementAndGet());
    }

    /**
     * The version, whenever it is another than before, beginning with the version that the page has.
     *
     * @param seen version that the page shows
     */
    public Flux<Event<String>> since(String seen) {
        Flux<String> current = Flux.defer(() -> Flux.just(version()));
        Flux<String> later = changes.asFlux().sample(TOGETHER).map(ignored -> version());
        Flux<Event<String>> versions = Flux.merge(later, current)
                .startWith(seen)
                .distinctUntilChanged()
                .skip(1)
                .map(version -> Event.of(version).name("changed").retry(RECONNECT));
        Flux<Event<String>> alive =
                Flux.interval(Duration.ZERO, ALIVE).map(ignored -> Event.of("").name("alive"));
        return Flux.merge(versions, alive)
                .takeUntilOther(changes.asFlux().ignoreElements())
                .take(LONGEST)
                .doOnSubscribe(ignored -> watchers.incrementAndGet())
                .doFinally(ignored -> watchers.decrementAndGet());
    }

    @Override
    public synchronized void close() {
        var _ = changes.tryEmitComplete();
    }
}
