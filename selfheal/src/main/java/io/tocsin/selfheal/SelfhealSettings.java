package io.tocsin.selfheal;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Configuration of self-healing.
 *
 * @param playbooksDir directory of playbooks, watched
 * @param targetsDir directory of the inventory, watched
 * @param limitsFile file of the operator's limits, watched; where there is none, the defaults hold
 * @param queryUrl the rules engine's query API, for PromQL conditions and for the pipeline's own health
 * @param notifierUrl the notifier's API, for silences
 * @param lease how long the right to act lasts without being renewed, which happens every second
 * @param keep how long ended incidents and sent events are kept; the audit is kept for good
 */
@ConfigurationProperties("tocsin.selfheal")
public record SelfhealSettings(
        @Bindable(defaultValue = "config/playbooks") Path playbooksDir,
        @Bindable(defaultValue = "config/targets") Path targetsDir,
        @Bindable(defaultValue = "config/selfheal.yaml") Path limitsFile,
        @Bindable(defaultValue = "http://127.0.0.1:9090") URI queryUrl,
        @Bindable(defaultValue = "http://127.0.0.1:9093") URI notifierUrl,
        @Bindable(defaultValue = "30s") Duration lease,
        @Bindable(defaultValue = "7d") Duration keep) {

    public SelfhealSettings {
        if (lease.compareTo(Duration.ofSeconds(5)) < 0) {
            throw new IllegalArgumentException(
                    "tocsin.selfheal.lease must be at least 5 s: it is renewed every second");
        }
    }
}
