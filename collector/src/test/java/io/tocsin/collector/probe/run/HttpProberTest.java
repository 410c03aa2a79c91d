package io.tocsin.collector.probe.run;

import static io.tocsin.collector.probe.run.Runs.assertPassed;
import static io.tocsin.collector.probe.run.Runs.reason;
import static io.tocsin.collector.probe.run.Runs.run;
import static io.tocsin.collector.probe.run.Runs.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import io.tocsin.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server on this machine. */
class HttpProberTest {

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 404, "nothing here"));
        server.createContext("/health", exchange -> answer(exchange, 200, "{\"status\":\"up\"}"));
        server.createContext(
                "/echo",
                exchange -> answer(
                        exchange,
                        200,
                        exchange.getRequestMethod() + " "
                                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                                + exchange.getRequestHeaders().getFirst("X-Key") + " "
                                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/health");
            answer(exchange, 302, "");
        });
        server.createContext("/round", exchange -> {
            exchange.getResponseHeaders().set("Location", "/round");
            answer(exchange, 302, "");
        });
        server.createContext("/hangs", exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aHealthyPagePassesAndItsPhasesAreMeasured() throws Exception {
        Outcome outcome = run("http: {expect: {body: '\"status\":\"up\"'}}", base + "/health");
        assertPassed(outcome);
        assertThat(value(outcome, "probe_http_status_code")).isEqualTo(200);
        assertThat(value(outcome, "probe_http_version")).isEqualTo(1.1);
        assertThat(value(outcome, "probe_http_content_length")).isEqualTo(15);
        assertThat(value(outcome, "probe_http_uncompressed_body_length")).isEqualTo(15);
        assertThat(value(outcome, "probe_http_ssl")).isZero();
        assertThat(value(outcome, "probe_ip_protocol")).isEqualTo(4);
        assertThat(value(outcome, "probe_http_duration_seconds", "{phase=connect}"))
                .isPositive();
        assertThat(value(outcome, "probe_http_duration_seconds", "{phase=processing}"))
                .isPositive();
        assertThat(value(outcome, "probe_http_duration_seconds", "{phase=tls}")).isZero();
    }

    @Test
    void anotherStatusOrBodyFails() throws Exception {
        assertThat(reason(run("http: {}", base + "/absent"))).isEqualTo(Reason.STATUS);
        assertPassed(run("http: {expect: {status: 404}}", base + "/absent"));
        assertThat(reason(run("http: {expect: {not_body: up}}", base + "/health")))
                .isEqualTo(Reason.BODY);
    }

    @Test
    void whatIsSentIsWhatIsConfigured() throws Exception {
        assertPassed(run("""
                http:
                  method: PUT
                  body: hello
                  headers: {X-Key: k}
                  auth: {token: t}
                  expect: {body: '^PUT Bearer t k hello$'}
                """, base + "/echo"));
        assertPassed(run("""
                http:
                  auth: {username: user, password: pass}
                  expect: {body: 'GET Basic dXNlcjpwYXNz null'}
                """, base + "/echo"));
    }

    @Test
    void redirectsAreFollowedAndCountedUpToALimit() throws Exception {
        Outcome followed = run("http: {expect: {body: up}}", base + "/moved");
        assertPassed(followed);
        assertThat(value(followed, "probe_http_redirects")).isEqualTo(1);
        assertPassed(run("http: {redirects: 0, expect: {status: 302}}", base + "/moved"));
        Outcome round = run("http: {redirects: 3}", base + "/round");
        assertThat(reason(round)).isEqualTo(Reason.REDIRECTS);
        assertThat(value(round, "probe_http_redirects")).isEqualTo(3);
    }

    @Test
    void aServerThatHangsFailsAtTheTimeout() throws Exception {
        long begin = System.nanoTime();
        Outcome outcome = run("http: {}", base + "/hangs", Duration.ofMillis(300));
        assertThat(reason(outcome)).isEqualTo(Reason.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(value(outcome, "probe_http_status_code")).isZero();
    }

    @Test
    void nobodyThereIsNoConnectionAndNoNameIsNoAddress() throws Exception {
        assertThat(reason(run("http: {}", "http://127.0.0.1:" + FreePorts.next() + "/")))
                .isEqualTo(Reason.CONNECT);
        assertThat(reason(run("http: {}", "http://nobody.invalid/"))).isEqualTo(Reason.RESOLVE);
    }

    @Test
    void aSecretOfAFileThatIsGoneIsSaidWithoutIt() throws Exception {
        Outcome outcome = run("http: {auth: {token_file: /nonexistent/token}}", base + "/health");
        assertThat(reason(outcome)).isEqualTo(Reason.NOT_PERMITTED);
    }

    @Test
    void aCertificateThatEndsSoonIsMeasuredAndFailsWhereItMust(@TempDir Path directory) throws Exception {
        Certificates soon = new Certificates(directory, "-22H");
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(soon.server()));
        https.createContext("/", exchange -> answer(exchange, 200, "fine"));
        https.start();
        try {
            String url = "https://localhost:" + https.getAddress().getPort() + "/";
            String ca = "ca_file: " + soon.caFile();
            double expiry = soon.certificate().getNotAfter().toInstant().getEpochSecond();

            Outcome trusted = run("http: {tls: {" + ca + "}, expect: {tls: required}}", url);
            assertPassed(trusted);
            assertThat(value(trusted, "probe_ssl_earliest_cert_expiry")).isEqualTo(expiry);
            assertThat(value(trusted, "probe_http_ssl")).isEqualTo(1);
            assertThat(value(trusted, "probe_tls_version_info", "{version=TLS 1.3}"))
                    .isEqualTo(1);
            assertThat(value(trusted, "probe_http_duration_seconds", "{phase=tls}"))
                    .isPositive();

            Outcome tooSoon = run("http: {tls: {" + ca + "}, expect: {certificate_valid_for: 3h}}", url);
            assertThat(reason(tooSoon)).isEqualTo(Reason.CERTIFICATE);
            assertPassed(run("http: {tls: {" + ca + "}, expect: {certificate_valid_for: 1h}}", url));

            Outcome untrusted = run("http: {}", url);
            assertThat(reason(untrusted)).isEqualTo(Reason.TLS);
            assertThat(value(untrusted, "probe_ssl_earliest_cert_expiry")).isEqualTo(expiry);
            assertPassed(run("http: {tls: {verify: false}}", url));

            assertThat(reason(run("http: {tls: {" + ca + ", server_name: other}}", url)))
                    .isEqualTo(Reason.TLS);
            String byAddress = url.replace("localhost", "127.0.0.1");
            assertPassed(run("http: {tls: {" + ca + ", server_name: localhost}}", byAddress));
        } finally {
            https.stop(0);
        }
    }

    @Test
    void aCertificateThatHasEndedFailsAndSaysWhen(@TempDir Path directory) throws Exception {
        Certificates over = new Certificates(directory, "-25H");
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(over.server()));
        https.start();
        try {
            String url = "https://localhost:" + https.getAddress().getPort() + "/";
            Outcome outcome = run("http: {tls: {ca_file: " + over.caFile() + "}}", url);
            assertThat(reason(outcome)).isEqualTo(Reason.TLS);
            assertThat(((Verdict.Failed) outcome.verdict()).text()).contains("NotAfter");
            assertThat(value(outcome, "probe_ssl_earliest_cert_expiry"))
                    .isLessThan(System.currentTimeMillis() / 1000.0);
        } finally {
            https.stop(0);
        }
    }
}
