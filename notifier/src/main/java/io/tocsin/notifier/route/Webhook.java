package io.tocsin.notifier.route;

import io.tocsin.notifier.route.HttpOptions.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One {@code webhook_configs} entry.
 *
 * @param url where notices go
 * @param sendResolved whether it is told when alerts are over
 * @param maxAlerts alerts in one notice at most; 0 means all
 * @param timeout how long one request may take; empty means the notifier's own limit
 * @param http authentication and redirects
 * @param signingSecrets keys of the Standard Webhooks signature; several while one is rotated
 */
public record Webhook(
        Source url,
        boolean sendResolved,
        int maxAlerts,
        Optional<Duration> timeout,
        HttpOptions http,
        List<Source> signingSecrets) {

    public Webhook {
        if (maxAlerts < 0) {
            throw new IllegalArgumentException("max_alerts must not be negative");
        }
        signingSecrets = List.copyOf(signingSecrets);
    }
}
