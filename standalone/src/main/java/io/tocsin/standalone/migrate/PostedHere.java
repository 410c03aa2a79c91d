package io.tocsin.standalone.migrate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.notifier.api.AlertRequest;
import io.tocsin.notifier.api.BadRequest;
import io.tocsin.notifier.external.Posted;
import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes alerts on an address of loopback as an Alertmanager does, for a Prometheus that posts to both. */
final class PostedHere implements AutoCloseable {

    private final HttpServer server;

    PostedHere(int port, Duration resolveTimeout, Consumer<List<Posted>> heard) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UserError("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage());
        }
        server.createContext("/api/v2/alerts", exchange -> {
            try (exchange) {
                take(exchange, resolveTimeout, heard);
            }
        });
        server.start();
    }

    private static void take(HttpExchange exchange, Duration resolveTimeout, Consumer<List<Posted>> heard)
            throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        try {
            heard.accept(read(body, Instant.now(), resolveTimeout));
            exchange.sendResponseHeaders(200, -1);
        } catch (BadRequest e) {
            byte[] problem = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, problem.length);
            exchange.getResponseBody().write(problem);
        }
    }

    /**
     * Alerts as they count at a time.
     *
     * @throws BadRequest when one cannot be taken
     */
    static List<Posted> read(String json, Instant now, Duration resolveTimeout) {
        return AlertRequest.read(json).stream()
                .map(PostedHere::present)
                .map(alert -> alert.posted(now, resolveTimeout))
                .toList();
    }

    private static AlertRequest present(@Nullable AlertRequest alert) {
        if (alert == null) {
            throw new BadRequest("an alert is a JSON object");
        }
        return alert;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
