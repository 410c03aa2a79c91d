package io.tocsin.notifier.route.receiver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One {@code webhook_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param timeout how long one request may take; empty means the notifier's own limit
 * @param url where notices go; a template when written inline
 * @param maxAlerts alerts in one notice at most; 0 means all
 * @param payload the body in place of Alertmanager's own, if given
 * @param signingSecrets keys of the Standard Webhooks signature; several while one is rotated
 */
public record WebhookOptions(
        boolean sendResolved,
        HttpOptions http,
        Optional<Duration> timeout,
        Source url,
        int maxAlerts,
        Optional<TemplateTree> payload,
        List<Source> signingSecrets)
        implements ReceiverOptions.OverHttp {

    public WebhookOptions {
        if (maxAlerts < 0) {
            throw new IllegalArgumentException("max_alerts must not be negative");
        }
        signingSecrets = List.copyOf(signingSecrets);
    }

    @Override
    public Kind kind() {
        return Kind.WEBHOOK;
    }
}
