package io.tocsin.console;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;

/**
 * Where the console finds the other modules, and how much it keeps.
 *
 * @param queryUrl the rules engine's query API
 * @param notifierUrl the notifier's API
 * @param selfhealUrl the self-healing API
 * @param requestTimeout how long a question to another module may take before the page is shown without its answer
 * @param keepClosed closed incidents kept in memory, the latest; open ones are all kept
 * @param keepEnded alerts that are over kept in memory, the latest; the others are all kept
 * @param alertHistory how much of the log of alerts is read at the start
 * @param liveStreams open pages that are told of changes, at a time
 */
@ConfigurationProperties("tocsin.console")
public record ConsoleSettings(
        @Bindable(defaultValue = "http://127.0.0.1:9090") URI queryUrl,
        @Bindable(defaultValue = "http://127.0.0.1:9093") URI notifierUrl,
        @Bindable(defaultValue = "http://127.0.0.1:9095") URI selfhealUrl,
        @Bindable(defaultValue = "2s") Duration requestTimeout,
        @Bindable(defaultValue = "500") int keepClosed,
        @Bindable(defaultValue = "1000") int keepEnded,
        @Bindable(defaultValue = "1d") Duration alertHistory,
        @Bindable(defaultValue = "200") int liveStreams) {

    public ConsoleSettings {
        if (!requestTimeout.isPositive()) {
            throw new IllegalArgumentException("tocsin.console.request-timeout must be more than zero");
        }
        if (keepClosed < 0 || keepEnded < 0) {
            throw new IllegalArgumentException("tocsin.console.keep-closed and keep-ended must not be negative");
        }
        if (!alertHistory.isPositive()) {
            throw new IllegalArgumentException("tocsin.console.alert-history must be more than zero");
        }
        if (liveStreams < 1) {
            throw new IllegalArgumentException("tocsin.console.live-streams must be 1 or more");
        }
    }
}
