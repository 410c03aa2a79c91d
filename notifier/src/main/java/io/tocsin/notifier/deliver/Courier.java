package io.tocsin.notifier.deliver;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.store.Memories;
import io.tocsin.notifier.store.Notices;
import io.tocsin.notifier.store.Notices.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers one notice at a time: claims it, tells the receiver, keeps what came of it. */
public final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    /** What a lease has beyond the longest try, to write the result down. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final Supplier<Routing> routing;
    private final Teller teller;
    private final RetryPolicy policy;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final DeliveryMetrics metrics;

    public Courier(
            Jdbi jdbi,
            Supplier<Routing> routing,
            Teller teller,
            RetryPolicy policy,
            InstantSource clock,
            RandomGenerator random,
            DeliveryMetrics metrics) {
        this.jdbi = jdbi;
        this.routing = routing;
        this.teller = teller;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
    }

    /** As long as the longest try may take, so that nobody else tries meanwhile. */
    private Duration lease() {
        return routing.get().receivers().stream()
                .flatMap(receiver -> receiver.ways().stream())
                .map(teller::limit)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(MARGIN);
    }

    /** Delivers the notice that is due longest; false when none is. */
    public boolean once() throws InterruptedException {
        Optional<Claimed> claimed = jdbi.inTransaction(handle -> Notices.claim(handle, clock.instant(), lease()));
        if (claimed.isPresent()) {
            conclude(claimed.get(), attempt(claimed.get()));
        }
        return claimed.isPresent();
    }

    private Outcome attempt(Claimed notice) throws InterruptedException {
        ReceiverOptions way = routing.get().integrations(notice.receiver()).get(notice.integration());
        if (way == null) {
            return new Outcome.Refused("the configuration has no such receiver any more");
        }
        Instant now = clock.instant();
        // A notice that waited behind others of its stream still gets one try.
        if (notice.attempt() > 1 && now.isAfter(notice.deadlineAt())) {
            return new Outcome.Refused("its deadline is over");
        }
        return teller.tell(way, notice(notice), now);
    }

    private Notice notice(Claimed claimed) {
        return new Notice(
                claimed.idempotencyKey(),
                claimed.groupKey(),
                claimed.createdAt(),
                claimed.body(),
                NoticeDocument.read(claimed.body(), claimed.reason()),
                jdbi.withHandle(handle -> Memories.of(handle, claimed)));
    }

    private void conclude(Claimed notice, Outcome outcome) {
        Instant now = clock.instant();
        switch (outcome) {
            case Outcome.Accepted(var detail, var memory) -> {
                jdbi.useTransaction(handle -> {
                    Notices.delivered(handle, notice, detail, now);
                    Memories.keep(handle, notice, memory, now);
                });
                metrics.delivered(notice.receiver(), Duration.between(notice.createdAt(), now));
            }
            case Outcome.Refused(var detail) -> giveUp(notice, detail, now);
            case Outcome.Failed(var detail, var retryAfter) -> {
                Optional<Instant> next = policy.next(notice.attempt(), retryAfter, now, notice.deadlineAt(), random);
                if (next.isPresent()) {
                    jdbi.useTransaction(handle -> Notices.retry(handle, notice, detail, next.get()));
                    metrics.failed(notice.receiver());
                } else {
                    giveUp(notice, detail + "; no try left before the deadline", now);
                }
            }
        }
    }

    private void giveUp(Claimed notice, String detail, Instant now) {
        if (jdbi.inTransaction(handle -> Notices.dead(handle, notice, detail, now))) {
            metrics.dead(notice.receiver());
            LOG.warn(
                    "receiver {} was not told ({} of group {}): {}",
                    notice.receiver(),
                    notice.idempotencyKey(),
                    notice.groupKey(),
                    detail);
        }
    }
}
