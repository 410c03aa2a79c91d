package io.tocsin.console.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tocsin.console.remote.Remote;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a request through when it comes under the console's own name, from somebody who may. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(AccessFilter.FIRST)
final class AccessFilter {

    static final int FIRST = -200;

    private static final String HTMX = "HX-Request";

    private final Hosts hosts;
    private final Access access;
    private final SessionCookie cookie;

    AccessFilter(Hosts hosts, Access access, SessionCookie cookie) {
        this.hosts = hosts;
        this.access = access;
        this.cookie = cookie;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        String path = request.getPath();
        String host = request.getHeaders().get(HttpHeaders.HOST, String.class).orElse("");
        if (!Permissions.isProbe(path) && !hosts.allows(host)) {
            return said(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "This console does not answer under this name. Add it to tocsin.console.access.allowed-hosts.");
        }
        Optional<Viewer> viewer = access.viewer(cookie.token(request));
        viewer.ifPresent(known -> known.attach(request));
        if (Permissions.isPublic(path)) {
            return null;
        }
        if (viewer.isEmpty()) {
            return unknown(request);
        }
        Role needed = Permissions.needed(request.getMethod(), path);
        return viewer.get().may(needed)
                ? null
                : said(
                        HttpStatus.FORBIDDEN,
                        "This needs the role " + needed.word() + "; "
                                + viewer.get().name() + " is "
                                + viewer.get().role().word() + ".");
    }

    private static HttpResponse<?> unknown(HttpRequest<?> request) {
        if (request.getHeaders().contains(HTMX)) {
            return HttpResponse.status(HttpStatus.UNAUTHORIZED).header("HX-Redirect", "/login");
        }
        boolean page =
                !Permissions.changes(request.getMethod()) && !request.getPath().equals("/live");
        return page
                ? HttpResponse.status(HttpStatus.SEE_OTHER)
                        .header(
                                HttpHeaders.LOCATION,
                                "/login?next=" + Remote.encoded(request.getUri().toString()))
                : said(HttpStatus.UNAUTHORIZED, "Sign in first.");
    }

    static HttpResponse<?> said(HttpStatus status, String words) {
        return HttpResponse.status(status)
                .body(words + "\n")
                .contentType(MediaType.TEXT_PLAIN_TYPE)
                .characterEncoding("utf-8");
    }
}
