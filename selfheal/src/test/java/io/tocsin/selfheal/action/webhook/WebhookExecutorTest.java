package io.tocsin.selfheal.action.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.runtime.webhook.StandardWebhook;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.Template;
import io.tocsin.selfheal.playbook.WebhookAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a feature switch that checks signatures and fencing tokens as a receiver should. */
class WebhookExecutorTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path directory;

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile boolean enabled = true;
    private volatile boolean lies;
    private volatile long newest;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Files.writeString(directory.resolve("other"), "another key");
        Files.writeString(directory.resolve("broken"), "whsec_***");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/switch", exchange -> answer(exchange, turn(exchange), ""));
        server.createContext(
                "/state", exchange -> answer(exchange, 200, "{\"flags\":{\"recommendations\":" + enabled + "}}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int turn(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String id = headers.getFirst("webhook-id");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Instant at = Instant.ofEpochSecond(Long.parseLong(headers.getFirst("webhook-timestamp")));
        if (!StandardWebhook.signature(List.of(SECRET), id, at, body).equals(headers.getFirst("webhook-signature"))
                || Duration.between(at, Instant.now()).abs().toMinutes() > 1) {
            return 401;
        }
        long token = Long.parseLong(headers.getFirst("tocsin-fencing-token"));
        if (token < newest) {
            return 409;
        }
        newest = token;
        taken.add(id + " " + body);
        enabled = lies;
        return 202;
    }

    @Test
    void aSwitchIsTurnedOnceAndItsEffectSeen() throws Exception {
        Order order = Orders.first("order-1", 7);
        assertThat(Orders.see(action("secret"), order).shown()).isEqualTo(Shown.NOT_YET);
        Outcome outcome = Orders.act(action("secret"), order);
        assertThat(outcome).isEqualTo(new Outcome(End.DONE, url("/state") + " shows it"));
        assertThat(taken).containsExactly("order-1 {\"recommendations\":\"off\",\"by\":\"shop\"}");

        assertThat(Orders.act(action("secret"), Orders.again(order)).end()).isEqualTo(End.ALREADY_DONE);
        assertThat(taken).hasSize(1);
    }

    @Test
    void whatIsAcceptedWithoutEffectIsNoSuccess() throws Exception {
        lies = true;
        Outcome outcome = Orders.act(action("secret"), Orders.first("order-1", 7, Duration.ofMillis(400)));
        assertThat(outcome.end()).isEqualTo(End.NO_EFFECT);
        assertThat(outcome.detail())
                .contains("answered HTTP 202, but after 400 ms")
                .endsWith("shows /flags/recommendations = true");
    }

    @Test
    void withoutAStateTheReceiversWordCountsAndEveryTryHasOneId() throws Exception {
        WebhookAction blind = action("/switch", "secret", Optional.empty());
        Order order = Orders.first("order-1", 7);
        assertThat(Orders.act(blind, order).end()).isEqualTo(End.DONE);
        assertThat(Orders.see(blind, order).shown()).isEqualTo(Shown.UNTOLD);
        Orders.act(blind, Orders.again(order));
        assertThat(taken).hasSize(2).allMatch(one -> one.startsWith("order-1 "));
    }

    @Test
    void anOlderTokenIsRefused() throws Exception {
        newest = 8;
        assertThat(Orders.act(action("secret"), Orders.first("order-1", 7)).end())
                .isEqualTo(End.REFUSED);
        assertThat(taken).isEmpty();
        assertThat(enabled).isTrue();
    }

    @Test
    void aWrongKeyIsRefusedAndNotShown() throws Exception {
        Outcome outcome = Orders.act(action("other"), Orders.first("order-1", 7));
        assertThat(outcome.end()).isEqualTo(End.REFUSED);
        assertThat(outcome.detail()).doesNotContain("another");
        assertThat(Orders.act(action("broken"), Orders.first("order-1", 7)).detail())
                .endsWith("holds no key that can be signed with");
        assertThat(Orders.act(action("missing"), Orders.first("order-1", 7)).detail())
                .endsWith("cannot be read: NoSuchFileException");
    }

    @Test
    void aWrongPathIsAbsentAndNobodyIsUnreachable() throws Exception {
        assertThat(Orders.act(action("/nowhere", "secret", Optional.empty()), Orders.first("order-1", 7))
                        .end())
                .isEqualTo(End.ABSENT);
        WebhookAction nobody = new WebhookAction(
                new Template("http://127.0.0.1:" + FreePorts.next()),
                new Template("{}"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        assertThat(Orders.act(nobody, Orders.first("order-1", 7)).end()).isEqualTo(End.UNREACHABLE);
    }

    @Test
    void aBodyThatIsNotJsonIsNotSent() throws Exception {
        WebhookAction broken = new WebhookAction(
                new Template(url("/switch")),
                new Template("{off"),
                Optional.of(directory.resolve("secret").toString()),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        assertThat(Orders.act(broken, Orders.first("order-1", 7)))
                .isEqualTo(new Outcome(End.REFUSED, "the body is not JSON: {off"));
        assertThat(taken).isEmpty();
    }

    private WebhookAction action(String secret) {
        return action("/switch", secret, Optional.of(new Template(url("/state"))));
    }

    private WebhookAction action(String path, String secret, Optional<Template> state) {
        return new WebhookAction(
                new Template(url(path)),
                new Template("{\"recommendations\":\"off\",\"by\":\"{{target.name}}\"}"),
                Optional.of(directory.resolve(secret).toString()),
                Optional.empty(),
                state,
                state.isPresent() ? Map.of("/flags/recommendations", new Template("false")) : Map.of());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
