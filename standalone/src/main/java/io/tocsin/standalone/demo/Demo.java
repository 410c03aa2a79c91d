package io.tocsin.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo beside a running instance: the shop, its customers, and a loopback control address that
 * {@code ./tocsin demo break|restart|status} and the shipped playbook use, and where notices arrive.
 */
public final class Demo implements AutoCloseable {

    private static final int ORDERS_PER_SECOND = 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Shop shop;
    private final LoadGenerator customers;
    private final HttpServer control;
    private final NoticeBoard notices = new NoticeBoard();

    private Demo(Shop shop, LoadGenerator customers, HttpServer control) {
        this.shop = shop;
        this.customers = customers;
        this.control = control;
    }

    /**
     * Starts shop, customers and control.
     *
     * @param otlp where the shop exports to
     * @param controlPort port of the control address; the services take the three after it
     * @param logs directory of the services' output
     */
    public static Demo start(URI otlp, int controlPort, Path logs) {
        Shop shop = new Shop(otlp, controlPort + 1, logs);
        try {
            HttpServer control =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), 0);
            Demo demo = new Demo(shop, new LoadGenerator(shop.address("storefront")), control);
            demo.begin();
            return demo;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's control port " + controlPort + " is taken", e);
        }
    }

    private void begin() {
        control.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        control.createContext("/break", exchange -> act(exchange, this::breakService));
        control.createContext("/restart", exchange -> act(exchange, p -> shop.restart(required(p, "service"))));
        control.createContext("/status", exchange -> answer(exchange, 200, status()));
        control.createContext("/notices", this::notices);
        control.start();
        shop.startAll();
        customers.start(ORDERS_PER_SECOND);
    }

    /** What was delivered to the demo's webhook. */
    public NoticeBoard notices() {
        return notices;
    }

    /** Breaks a service as {@code ./tocsin demo break} does. */
    public void breakService(String service, FaultKind how) {
        shop.breakService(service, how);
    }

    private void breakService(Map<String, String> parameters) {
        shop.breakService(
                required(parameters, "service"),
                FaultKind.valueOf(required(parameters, "how").toUpperCase(Locale.ROOT)));
    }

    private String status() {
        return JSON.writeValueAsString(Map.of(
                "services",
                shop.alive(),
                "orders_answered",
                customers.answered(),
                "orders_failed",
                customers.failed()));
    }

    private void notices(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            JsonNode notice = JSON.readTree(exchange.getRequestBody());
            notices.arrived(notice, exchange.getRequestHeaders().getFirst("webhook-id"));
            answer(exchange, 200, "{}");
        } else {
            answer(
                    exchange,
                    200,
                    JSON.writeValueAsString(
                            notices.all().stream().map(NoticeBoard.Notice::body).toList()));
        }
    }

    private static void act(HttpExchange exchange, Consumer<Map<String, String>> action) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, error("use POST"));
            return;
        }
        try {
            action.accept(parameters(exchange.getRequestURI()));
            answer(exchange, 200, "{\"status\":\"done\"}");
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, error(String.valueOf(e.getMessage())));
        } catch (IllegalStateException | UncheckedIOException e) {
            answer(exchange, 409, error(String.valueOf(e.getMessage())));
        }
    }

    private static String error(String message) {
        return JSON.writeValueAsString(Map.of("error", message));
    }

    private static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new java.util.HashMap<>();
        for (String pair : List.of(String.valueOf(uri.getQuery()).split("&"))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return parameters;
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        return value;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        customers.close();
        shop.close();
        control.stop(0);
    }
}
