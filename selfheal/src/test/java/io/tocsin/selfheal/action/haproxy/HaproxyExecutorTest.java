package io.tocsin.selfheal.action.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Program;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.HaproxyAction;
import io.tocsin.selfheal.playbook.HaproxyAction.Verb;
import io.tocsin.selfheal.playbook.Template;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HAProxy with two real servers behind it. */
class HaproxyExecutorTest {

    @TempDir
    static Path directory;

    private static Program haproxy;
    private static HttpServer one;
    private static HttpServer two;
    private static int port;
    private static int adminPort;

    @BeforeAll
    static void start() throws Exception {
        String program = Program.require("haproxy");
        one = server("s1");
        two = server("s2");
        port = FreePorts.next();
        adminPort = FreePorts.next();
        Path config = directory.resolve("haproxy.cfg");
        Files.writeString(config, """
                global
                  stats socket %1$s/admin level admin
                  stats socket %1$s/watcher level user
                  stats socket ipv4@127.0.0.1:%2$d level admin
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                frontend in
                  bind 127.0.0.1:%3$d
                  default_backend shop
                backend shop
                  server s1 127.0.0.1:%4$d weight 100
                  server s2 127.0.0.1:%5$d weight 100
                backend light
                  server s1 127.0.0.1:%4$d weight 1
                """.formatted(
                        directory,
                        adminPort,
                        port,
                        one.getAddress().getPort(),
                        two.getAddress().getPort()));
        haproxy = Program.start(directory.resolve("log"), Map.of(), List.of(program, "-db", "-f", config.toString()))
                .until(() -> Files.exists(directory.resolve("watcher")) && Files.exists(directory.resolve("admin")));
    }

    @AfterAll
    static void stop() {
        if (haproxy != null) {
            haproxy.close();
            one.stop(0);
            two.stop(0);
        }
    }

    @AfterEach
    void everythingServesAgain() throws Exception {
        assertThat(Orders.act(action(Verb.READY, "shop/s1"), Orders.first("after", 1))
                        .end()
                        .good())
                .isTrue();
        assertThat(Orders.act(weight(100), Orders.first("after", 1)).end().good())
                .isTrue();
    }

    @Test
    void whatIsDrainedGetsNoTrafficUntilItIsReady() throws Exception {
        assertThat(answering()).containsExactlyInAnyOrder("s1", "s2");
        Order order = Orders.first("drain", 1);
        Outcome outcome = Orders.act(action(Verb.DRAIN, "shop/s1"), order);
        assertThat(outcome).isEqualTo(new Outcome(End.DONE, "draining, weight 100 of 100, 0 sessions"));
        assertThat(answering()).containsExactly("s2");
        assertThat(Orders.see(action(Verb.DRAIN, "shop/s1"), order).shown()).isEqualTo(Shown.THERE);
        assertThat(Orders.act(action(Verb.DRAIN, "shop/s1"), Orders.again(order))
                        .end())
                .isEqualTo(End.ALREADY_DONE);

        assertThat(Orders.act(action(Verb.READY, "shop/s1", "tcp://127.0.0.1:" + adminPort), Orders.first("ready", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(answering()).containsExactlyInAnyOrder("s1", "s2");
    }

    @Test
    void maintenanceIsNotMistakenForADrain() throws Exception {
        assertThat(Orders.act(action(Verb.MAINT, "shop/s1"), Orders.first("maint", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(Orders.see(action(Verb.DRAIN, "shop/s1"), Orders.first("see", 1))
                        .shown())
                .isEqualTo(Shown.NOT_YET);
        assertThat(answering()).containsExactly("s2");
    }

    @Test
    void aWeightIsAPercentageOfTheConfiguredOne() throws Exception {
        assertThat(Orders.act(weight(25), Orders.first("weight", 1)).detail())
                .isEqualTo("ready, weight 25 of 100, 0 sessions");
        assertThat(Orders.act(weight(25), Orders.first("weight-2", 1)).end()).isEqualTo(End.ALREADY_DONE);
        assertThat(Orders.act(weight(0), Orders.first("weight-3", 1)).end()).isEqualTo(End.DONE);
        assertThat(answering()).containsExactly("s2");
    }

    @Test
    void aWeightThatWouldBeRoundedDownToNothingIsRefused() throws Exception {
        HaproxyAction light = new HaproxyAction(
                Verb.WEIGHT,
                new Template("light/s1"),
                new Template("unix:" + directory.resolve("admin")),
                OptionalInt.of(50),
                false);
        Outcome outcome = Orders.act(light, Orders.first("light", 1));
        assertThat(outcome)
                .isEqualTo(
                        new Outcome(End.REFUSED, "50 % of its weight is rounded down to 0: it would get no traffic"));
    }

    @Test
    void untilIdleWaitsForTheLastSession() throws Exception {
        Orders.act(action(Verb.MAINT, "shop/s2"), Orders.first("alone", 1));
        HaproxyAction drain = new HaproxyAction(
                Verb.DRAIN,
                new Template("shop/s1"),
                new Template("unix:" + directory.resolve("admin")),
                OptionalInt.empty(),
                true);
        try (Socket session = new Socket(InetAddress.getLoopbackAddress(), port)) {
            session.getOutputStream()
                    .write("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = session.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            Outcome outcome = Orders.act(drain, Orders.first("busy", 1, Duration.ofSeconds(1)));
            assertThat(outcome.end()).isEqualTo(End.NO_EFFECT);
            assertThat(outcome.detail()).endsWith("draining, weight 100 of 100, 1 sessions");
        } finally {
            SLOW.countDown();
            Orders.act(action(Verb.READY, "shop/s2"), Orders.first("both", 1));
        }
        assertThat(Orders.act(drain, Orders.first("idle", 1)).end().good()).isTrue();
    }

    @Test
    void anUnknownServerOrBackendIsAbsent() throws Exception {
        assertThat(Orders.act(action(Verb.DRAIN, "shop/s9"), Orders.first("absent", 1)))
                .isEqualTo(new Outcome(End.ABSENT, "haproxy has no server shop/s9"));
        assertThat(Orders.act(action(Verb.DRAIN, "pub/s1"), Orders.first("absent", 1)))
                .isEqualTo(new Outcome(End.ABSENT, "haproxy has no backend pub"));
    }

    @Test
    void aSocketWithoutTheRightRefuses() throws Exception {
        Outcome outcome = Orders.act(
                action(Verb.DRAIN, "shop/s1", "unix:" + directory.resolve("watcher")), Orders.first("watcher", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
        assertThat(answering()).containsExactlyInAnyOrder("s1", "s2");
    }

    @Test
    void whereNobodyListensItIsSaidSo() throws Exception {
        assertThat(Orders.act(
                                action(Verb.DRAIN, "shop/s1", "tcp://127.0.0.1:" + FreePorts.next()),
                                Orders.first("nobody", 1))
                        .end())
                .isEqualTo(End.UNREACHABLE);
        assertThat(Orders.act(action(Verb.DRAIN, "shop/s1", "unix:" + directory.resolve("x")), Orders.first("x", 1))
                        .end())
                .isEqualTo(End.UNREACHABLE);
    }

    @Test
    void whatListensAndNeverAnswersTimesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Outcome outcome = Orders.act(
                    action(Verb.DRAIN, "shop/s1", "tcp://127.0.0.1:" + silent.getLocalPort()),
                    Orders.first("silent", 1, Duration.ofMillis(300)));
            assertThat(outcome).isEqualTo(new Outcome(End.TIMED_OUT, "no answer in time"));
        }
    }

    private static final java.util.concurrent.CountDownLatch SLOW = new java.util.concurrent.CountDownLatch(1);

    private static HttpServer server(String name) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = name.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().flush();
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                try {
                    SLOW.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Who answers when it is asked ten times. */
    private static Set<String> answering() throws Exception {
        Set<String> names = new HashSet<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 10; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                        .build();
                names.add(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
            }
        }
        return names;
    }

    private static HaproxyAction weight(int percent) {
        return new HaproxyAction(
                Verb.WEIGHT,
                new Template("shop/s1"),
                new Template("unix:" + directory.resolve("admin")),
                OptionalInt.of(percent),
                false);
    }

    private static HaproxyAction action(Verb verb, String server) {
        return action(verb, server, "unix:" + directory.resolve("admin"));
    }

    private static HaproxyAction action(Verb verb, String server, String address) {
        return new HaproxyAction(verb, new Template(server), new Template(address), OptionalInt.empty(), false);
    }
}
