package io.tocsin.console.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The cookie that carries a session's token: for this server's requests alone, out of reach for scripts. */
@Singleton
final class SessionCookie {

    private static final String NAME = "tocsin-session";

    private final boolean https;
    private final Duration longest;

    SessionCookie(AccessSettings settings) {
        this.https = settings.https();
        this.longest = settings.sessionLongest();
    }

    String token(HttpRequest<?> request) {
        return request.getCookies().findCookie(NAME).map(Cookie::getValue).orElse("");
    }

    <T> MutableHttpResponse<T> set(MutableHttpResponse<T> response, String token) {
        return response.cookie(cookie(token).maxAge(longest));
    }

    <T> MutableHttpResponse<T> clear(MutableHttpResponse<T> response) {
        return response.cookie(cookie("").maxAge(Duration.ZERO));
    }

    private Cookie cookie(String value) {
        return Cookie.of(NAME, value).path("/").httpOnly(true).secure(https).sameSite(SameSite.Lax);
    }
}
