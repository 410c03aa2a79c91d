package io.tocsin.selfheal.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What self-healing asks: a rules engine and a notifier that are well, and health endpoints that a test turns. */
final class World implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Integer> health = new ConcurrentHashMap<>();
    private final Map<String, String> silencedBy = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    World() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health/readiness", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/api/v1/alerts", exchange -> answer(exchange, 200, "{\"data\":{\"alerts\":[]}}"));
        server.createContext("/api/v2/alerts", exchange -> answer(exchange, 200, alerts()));
        server.createContext("/target/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring("/target/".length());
            asked.computeIfAbsent(name, none -> new AtomicInteger()).incrementAndGet();
            answer(exchange, health.getOrDefault(name, 503), "");
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The notifier knows this alert from now on. */
    void knows(String fingerprint) {
        silencedBy.put(fingerprint, "");
    }

    void silence(String fingerprint, String id) {
        silencedBy.put(fingerprint, id);
    }

    void turn(String target, int status) {
        health.put(target, status);
    }

    /** How often the health of a target was asked. */
    int asked(String target) {
        return asked.getOrDefault(target, new AtomicInteger()).get();
    }

    private String alerts() {
        return silencedBy.entrySet().stream()
                .map(alert -> "{\"fingerprint\":\"" + alert.getKey() + "\",\"status\":{\"silencedBy\":["
                        + (alert.getValue().isEmpty() ? "" : "\"" + alert.getValue() + "\"") + "]}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
