package io.tocsin.notifier.route.receiver;

import java.time.Duration;
import java.util.Optional;

/**
 * One {@code incidentio_configs} entry. An alert source's token stands in {@code http} as a bearer token.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param timeout how long one request may take; empty means the notifier's own limit
 * @param url where notices go
 * @param maxAlerts alerts in one notice at most; 0 means all
 */
public record IncidentioOptions(
        boolean sendResolved, HttpOptions http, Optional<Duration> timeout, Source url, int maxAlerts)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.INCIDENTIO;
    }
}
