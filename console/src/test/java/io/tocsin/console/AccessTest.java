package io.tocsin.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.tocsin.console.access.PasswordHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Signing in, roles, and who may send what, over HTTP and in a browser. */
class AccessTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path data;

    private static Surroundings around;
    private static Path users;

    @BeforeAll
    static void start() throws IOException {
        users = data.resolve("users");
        Files.writeString(
                users, "# who may\n" + user("ada", "admin") + user("otto", "operator") + user("vera", "viewer"));
        around = new Surroundings(data.resolve("kafka"), Map.of("tocsin.console.access.users-file", users.toString()));
    }

    @AfterAll
    static void stop() {
        around.close();
    }

    private static String user(String name, String role) {
        return name + " " + role + " "
                + PasswordHash.create(("of " + name).toCharArray(), new SecureRandom())
                        .text() + "\n";
    }

    @Test
    void nobodySeesAnythingBeforeSigningIn() throws Exception {
        HttpResponse<String> list = around.get("/alerts?q=a b".replace(" ", "%20"));
        assertThat(list.statusCode()).isEqualTo(303);
        assertThat(list.headers().firstValue("Location")).contains("/login?next=%2Falerts%3Fq%3Da%2520b");
        assertThat(around.get("/live").statusCode()).isEqualTo(401);
        assertThat(around.get("/query/data?expr=up").statusCode()).isEqualTo(303);
        assertThat(around.get("/health/readiness").statusCode()).isEqualTo(200);
        HttpResponse<String> htmx = around.send(request("/").header("HX-Request", "true"));
        assertThat(htmx.statusCode()).isEqualTo(401);
        assertThat(htmx.headers().firstValue("HX-Redirect")).contains("/login");
    }

    @Test
    void aRoleMayWhatItMay() throws Exception {
        around.selfheal().says("POST", "/api/tocsin/selfheal/freeze", 200, "{\"frozen\":true}");
        Session vera = signIn("vera");
        Session otto = signIn("otto");
        assertThat(vera.post("/repairs/freeze", "note=x").statusCode()).isEqualTo(403);
        assertThat(vera.post("/repairs/freeze", "note=x").body())
                .isEqualTo("This needs the role operator; vera is viewer.\n");
        assertThat(vera.get("/silences").body()).doesNotContain("New silence");
        assertThat(around.selfheal().asked("POST", "/api/tocsin/selfheal/freeze"))
                .isEmpty();
        assertThat(otto.post("/repairs/freeze", "note=x").statusCode()).isEqualTo(303);
        assertThat(around.selfheal()
                        .asked("POST", "/api/tocsin/selfheal/freeze")
                        .getLast()
                        .body())
                .contains("\"by\":\"otto\"");
        assertThat(otto.post("/rules/apply", "file=a.yaml&text=&version=").statusCode())
                .isEqualTo(403);
        assertThat(signIn("ada")
                        .post("/rules/apply", "file=a.yaml&text=x&version=")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFormOfAnotherSiteOrAnotherPersonChangesNothing() throws Exception {
        Session otto = signIn("otto");
        String note = "note=x&_csrf=";
        assertThat(otto.send("/repairs/thaw", note + encoded(signIn("otto").csrf()), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(otto.send("/repairs/thaw", "note=x", "").statusCode()).isEqualTo(403);
        assertThat(otto.send("/repairs/thaw", note + encoded(otto.csrf()), "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(around.selfheal().asked("POST", "/api/tocsin/selfheal/thaw")).isEmpty();
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        Session otto = signIn("otto");
        assertThat(otto.get("/").statusCode()).isEqualTo(200);
        assertThat(otto.post("/logout", "").statusCode()).isEqualTo(303);
        assertThat(otto.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void theCookieIsOutOfReachForScriptsAndOtherSites() throws Exception {
        assertThat(signIn("vera").attributes()).contains("HTTPOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    void aLinkLeadsNowhereElse() throws Exception {
        String token = csrf(around.get("/login").body());
        HttpResponse<String> answer = around.send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "name=vera&password=" + encoded("of vera") + "&next=//evil.example&_csrf=" + encoded(token))));
        assertThat(answer.headers().firstValue("Location")).contains("/");
    }

    @Test
    void aBrowserSignsInAndOut() {
        try (Browsing browsing = Browsing.start()) {
            Page page = browsing.page();
            page.navigate(around.address("/silences"));
            assertThat(page.locator("h1")).containsText("Tocsin");
            Browsing.inspect(page, "console-login");
            page.getByLabel("Name").fill("otto");
            page.getByLabel("Password").fill("wrong");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("Name or password is wrong.");
            page.getByLabel("Password").fill("of otto");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Silences");
            assertThat(page.locator(".who")).containsText("otto operator");
            Browsing.accessible(page);
            page.keyboard().press("g");
            page.keyboard().press("p");
            assertThat(page.locator("h1")).hasText("Pipeline");
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(page.getByLabel("Name")).isVisible();
        }
    }

    @Test
    void aNameThatIsNotItsOwnIsNotAnswered() throws Exception {
        assertThat(statusOfHost("rebound.example")).isEqualTo("HTTP/1.1 421 Misdirected Request");
        assertThat(statusOfHost("localhost")).isEqualTo("HTTP/1.1 200 OK");
    }

    /** By hand: the HTTP client writes the Host header itself. */
    private static String statusOfHost(String host) throws IOException {
        URI address = URI.create(around.address("/login"));
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET /login HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void itDoesNotListenForEverybody() {
        assertThatThrownBy(() -> ConsoleApplication.start(
                        Map.of("micronaut.server.port", -1, "micronaut.server.host", "0.0.0.0")))
                .hasStackTraceContaining("set tocsin.console.access.users-file");
    }

    private record Session(String cookie, String csrf, String attributes) {

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return around.send(request(path).header("Cookie", cookie));
        }

        HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
            return send(path, form + "&_csrf=" + encoded(csrf), "");
        }

        HttpResponse<String> send(String path, String form, String origin) throws IOException, InterruptedException {
            HttpRequest.Builder request = request(path)
                    .header("Cookie", cookie)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form));
            return around.send(origin.isEmpty() ? request : request.header("Origin", origin));
        }
    }

    private static Session signIn(String name) throws IOException, InterruptedException {
        String token = csrf(around.get("/login").body());
        HttpResponse<String> answer = around.send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "name=" + name + "&password=" + encoded("of " + name) + "&next=/&_csrf=" + encoded(token))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        String cookie = set.substring(0, set.indexOf(';'));
        return new Session(
                cookie, csrf(around.send(request("/").header("Cookie", cookie)).body()), set);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(around.address(path)));
    }

    private static String csrf(String page) {
        Matcher found = CSRF.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
