package io.tocsin.console.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.access.Access.SignIn;
import io.tocsin.console.page.Form;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Words;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /login} and {@code /logout}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class LoginController {

    private static final Logger LOG = LoggerFactory.getLogger(LoginController.class);

    private final Access access;
    private final SessionCookie cookie;
    private final Pages pages;

    LoginController(Access access, SessionCookie cookie, Pages pages) {
        this.access = access;
        this.cookie = cookie;
        this.pages = pages;
    }

    @Get("/login")
    HttpResponse<?> login(HttpRequest<?> request, @QueryValue(defaultValue = "/") String next) {
        return access.viewer(cookie.token(request)).isPresent() ? to(local(next)) : page(HttpStatus.OK, "", next, "");
    }

    @Post("/login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signIn(HttpRequest<?> request, @Body String body) {
        Form form = Form.of(body);
        String name = form.get("name");
        String next = form.get("next");
        String address = request.getRemoteAddress().getAddress().getHostAddress();
        return switch (access.signIn(name, form.get("password").toCharArray(), address)) {
            case SignIn.Welcome(String token) -> {
                // What was known before the sign-in is of no use after it.
                access.signOut(cookie.token(request));
                yield cookie.set(to(local(next)), token);
            }
            case SignIn.Wrong() -> {
                LOG.warn("a sign-in from {} failed", address);
                yield page(HttpStatus.UNAUTHORIZED, name, next, "Name or password is wrong.");
            }
            case SignIn.Wait(var time) ->
                page(
                        HttpStatus.TOO_MANY_REQUESTS,
                        name,
                        next,
                        "Too many tries. Wait " + Words.length(time.plusSeconds(1)) + ".");
        };
    }

    @Post("/logout")
    @Consumes(MediaType.ALL)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        access.signOut(cookie.token(request));
        return cookie.clear(to("/login"));
    }

    private HttpResponse<?> page(HttpStatus status, String name, String next, String problem) {
        return pages.page(
                status,
                "login.jte",
                Map.of(
                        "assets", pages.assets(),
                        "csrf", access.anonymousCsrf(),
                        "name", name,
                        "next", local(next),
                        "problem", problem));
    }

    private static MutableHttpResponse<?> to(String address) {
        return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, address);
    }

    /** A path of this console: nobody is sent elsewhere by a link that they were given. */
    static String local(String next) {
        boolean path =
                next.startsWith("/") && !next.startsWith("//") && next.chars().noneMatch(c -> c < ' ' || c == '\\');
        return path ? next : "/";
    }
}
