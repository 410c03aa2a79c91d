package io.tocsin.console.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Only the console's own pages may change anything: whatever is not a GET must come from this origin and carry the
 * token that they have.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(AccessFilter.FIRST + 1)
final class CsrfFilter {

    /** Name of the hidden field of forms. */
    static final String FIELD = "_csrf";

    private final Access access;

    CsrfFilter(Access access) {
        this.access = access;
    }

    /** Waits for the body, which is why it has a thread of its own. */
    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> check(ServerHttpRequest<?> request) {
        if (!Permissions.changes(request.getMethod())) {
            return null;
        }
        if (isForeign(request)) {
            return refused("Another site sent this request.");
        }
        String expected = request.getAttribute(Viewer.ATTRIBUTE, Viewer.class)
                .map(Viewer::csrf)
                .orElseGet(access::anonymousCsrf);
        return same(expected, token(body(request)))
                ? null
                : refused("This page is too old to change anything. Go back, load it anew, and try again.");
    }

    private static String body(ServerHttpRequest<?> request) {
        try (CloseableAvailableByteBody body =
                request.byteBody().split(SplitBackpressureMode.FASTEST).buffer().join()) {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    private static String token(String form) {
        List<String> tokens = new QueryStringDecoder(form, false).parameters().getOrDefault(FIELD, List.of());
        return tokens.size() == 1 ? tokens.getFirst() : "";
    }

    /** Browsers say where a request comes from; what says nothing is no browser, or an old one that has the token. */
    private static boolean isForeign(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST, String.class).orElse("");
        Optional<String> origin = request.getHeaders().get(HttpHeaders.ORIGIN, String.class);
        return origin.isPresent() && !host.equals(authority(origin.get()));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean same(String expected, String found) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<?> refused(String why) {
        return AccessFilter.said(HttpStatus.FORBIDDEN, why);
    }
}
