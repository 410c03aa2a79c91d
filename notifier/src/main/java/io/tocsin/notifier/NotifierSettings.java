package io.tocsin.notifier;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the notifier runs.
 *
 * @param configFile the {@code alertmanager.yml}
 * @param configPoll how often that file is looked at; a change counts when two looks find the same
 * @param externalUrl where the API can be reached, for links in notices
 * @param workers notices delivered at the same time
 * @param requestTimeout how long one delivery may take where the receiver does not say
 * @param deliveryDeadline how long a notice is tried before the group decides anew
 * @param catchUpLimit how long groups wait at the start for the incidents that happened meanwhile
 * @param historyRetention how long decisions, notices and closed incidents are kept
 */
@ConfigurationProperties("tocsin.notifier")
public record NotifierSettings(
        @Bindable(defaultValue = "config/alertmanager.yml") Path configFile,
        @Bindable(defaultValue = "5s") Duration configPoll,
        @Bindable(defaultValue = "http://127.0.0.1:9093") URI externalUrl,
        @Bindable(defaultValue = "4") int workers,
        @Bindable(defaultValue = "10s") Duration requestTimeout,
        @Bindable(defaultValue = "15m") Duration deliveryDeadline,
        @Bindable(defaultValue = "30s") Duration catchUpLimit,
        @Bindable(defaultValue = "366d") Duration historyRetention) {

    public NotifierSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("tocsin.notifier.workers must be at least 1");
        }
        if (!configPoll.isPositive()) {
            throw new IllegalArgumentException("tocsin.notifier.config-poll must be more than zero");
        }
        if (!requestTimeout.isPositive() || !deliveryDeadline.isPositive()) {
            throw new IllegalArgumentException("the notifier's time limits must be more than zero");
        }
    }
}
