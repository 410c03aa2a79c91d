package io.tocsin.notifier.intake;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.notifier.external.ExternalAlert;
import io.tocsin.notifier.external.ExternalAlert.Step;
import io.tocsin.notifier.external.Posted;
import io.tocsin.notifier.store.ExternalAlerts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes alerts that others post, and tells tocsin.alerts what changes by them. What is known of an alert is kept after
 * Kafka has acknowledged the change, in one transaction with its lock: who dies in between tells the change again, and
 * convergence counts it once.
 */
public final class PostedAlerts {

    private static final int BATCH = 500;

    private final Jdbi jdbi;
    private final AlertPublisher publisher;
    private final Counter received;

    public PostedAlerts(Jdbi jdbi, AlertPublisher publisher, PrometheusRegistry registry) {
        this.jdbi = jdbi;
        this.publisher = publisher;
        this.received = Counter.builder()
                .name("tocsin_notifier_posted_alerts_total")
                .help("Alerts that others posted, by what they said")
                .labelNames("status")
                .register(registry);
    }

    /** Counts posts that were refused. */
    public void refused(int count) {
        received.labelValues("invalid").inc(count);
    }

    /**
     * Takes posts in, the later of two about one alert last.
     *
     * @throws AlertPublisher.NotPublished when Kafka did not acknowledge: nothing is kept then
     */
    public void accept(List<Posted> posts, String source, Instant now) throws InterruptedException {
        jdbi.useTransaction(handle -> {
            Map<String, ExternalAlert> known = ExternalAlerts.lock(
                    handle, posts.stream().map(Posted::fingerprint).toList());
            Map<String, ExternalAlert> next = new HashMap<>();
            List<ExternalAlert> told = new ArrayList<>();
            for (Posted post : posts) {
                ExternalAlert before = next.getOrDefault(post.fingerprint(), known.get(post.fingerprint()));
                Optional<Step> step = ExternalAlert.next(before, post, source, now);
                step.ifPresent(taken -> next.put(post.fingerprint(), taken.alert()));
                step.filter(Step::told).ifPresent(taken -> told.add(taken.alert()));
                received.labelValues(post.burns(now) ? "firing" : "resolved").inc();
            }
            tell(handle, told, next.values());
        });
    }

    /** Tells the end of alerts whose end has passed; false when there were none. */
    public boolean lapse(Instant now) throws InterruptedException {
        return jdbi.inTransaction(handle -> {
            List<ExternalAlert> over = ExternalAlerts.ended(handle, now, BATCH).stream()
                    .flatMap(alert -> alert.lapsed(now).stream())
                    .toList();
            tell(handle, over, over);
            return !over.isEmpty();
        });
    }

    /** When the next alert lapses unless it is posted again. */
    public Optional<Instant> nextLapse() {
        return jdbi.withHandle(ExternalAlerts::nextEnd);
    }

    private void tell(Handle handle, List<ExternalAlert> told, Collection<ExternalAlert> kept)
            throws InterruptedException {
        publisher.publish(told);
        ExternalAlerts.keep(handle, kept);
    }
}
