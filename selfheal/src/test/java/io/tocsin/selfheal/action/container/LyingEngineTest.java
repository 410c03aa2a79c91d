package io.tocsin.selfheal.action.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.playbook.ContainerAction;
import io.tocsin.selfheal.playbook.ContainerAction.Verb;
import io.tocsin.selfheal.playbook.Endpoint;
import io.tocsin.selfheal.playbook.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no well-behaved container engine does: it says yes and does nothing, is silent, or is something else. */
class LyingEngineTest {

    @TempDir
    Path directory;

    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answer(
                "/containers/shop/json",
                200,
                "{\"State\":{\"Status\":\"running\",\"StartedAt\":\"2026-01-01T00:00:00Z\"}}");
        answer("/containers/shop/restart", 204, "");
        answer("/containers/page/json", 200, "<html>");
        answer("/containers/guarded/json", 200, "{}");
        server.createContext("/containers/silent/json", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                })
                .setAuthenticator(
                        path.contains("guarded")
                                ? new BasicAuthenticator("engine") {
                                    @Override
                                    public boolean checkCredentials(String username, String password) {
                                        return username.equals("tocsin") && password.equals("right");
                                    }
                                }
                                : null);
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
    }

    @Test
    void whatIsAcceptedWithoutEffectIsNoSuccess() throws Exception {
        Outcome outcome = Orders.act(action("shop", "right"), Orders.first("lie", 1, Duration.ofMillis(500)));
        assertThat(outcome)
                .isEqualTo(new Outcome(
                        End.NO_EFFECT,
                        "the engine answered HTTP 204, but after 500 ms: running, started at 2026-01-01T00:00:00Z"));
    }

    @Test
    void whatIsSilentTimesOut() throws Exception {
        Outcome outcome = Orders.act(action("silent", "right"), Orders.first("silent", 1, Duration.ofMillis(200)));
        assertThat(outcome.end()).isEqualTo(End.TIMED_OUT);
        assertThat(outcome.detail()).endsWith("no answer in time");
    }

    @Test
    void whatIsNoContainerEngineIsSaidToBeNone() throws Exception {
        assertThat(Orders.act(action("page", "right"), Orders.first("page", 1)))
                .isEqualTo(new Outcome(End.FAILED, "what answers is not a container engine"));
    }

    @Test
    void wrongCredentialsAreRefusedAndNotShown() throws Exception {
        Outcome outcome = Orders.act(action("guarded", "wrong"), Orders.first("wrong", 1));
        assertThat(outcome).isEqualTo(new Outcome(End.REFUSED, "the credentials are not accepted: HTTP 401"));
    }

    private ContainerAction action(String container, String password) throws Exception {
        Path file = directory.resolve("password");
        Files.writeString(file, password);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        Endpoint at = new Endpoint(new Template(address), Optional.of("tocsin"), Optional.of(file.toString()));
        return new ContainerAction(Verb.RESTART, new Template(container), at, 3);
    }
}
