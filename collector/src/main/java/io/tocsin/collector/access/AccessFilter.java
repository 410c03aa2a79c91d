package io.tocsin.collector.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.answer.HttpAnswers;
import io.tocsin.collector.answer.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks who sends before the body is read. */
@ServerFilter({"/v1/**", "/v1development/**", "/api/v1/write"})
public final class AccessFilter {

    private static final String SENDER = "tocsin.sender";

    private final Access access;
    private final CollectorMetrics metrics;

    AccessFilter(Access access, CollectorMetrics metrics) {
        this.access = access;
        this.metrics = metrics;
    }

    /** Who sent a request that has passed. */
    public static Sender sender(HttpRequest<?> request) {
        return request.getAttribute(SENDER, Sender.class)
                .orElseThrow(() -> new IllegalStateException("a request came past the filter"));
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        String address = request.getRemoteAddress().getAddress().getHostAddress();
        try {
            String client = access.client(
                    request.getHeaders().get(HttpHeaders.AUTHORIZATION),
                    request.getCertificate().orElse(null),
                    address,
                    scope(request.getPath()),
                    Instant.now());
            request.setAttribute(SENDER, new Sender(client, address));
            return null;
        } catch (Refusal refusal) {
            metrics.refusedUnknown(refusal.reason());
            return HttpAnswers.refused(
                    request.getContentType().map(MediaType::getName).orElse(""), refusal);
        }
    }

    private static Scope scope(String path) {
        return switch (path) {
            case "/v1/traces" -> Scope.TRACES;
            case "/v1/logs" -> Scope.LOGS;
            default -> Scope.METRICS;
        };
    }
}
