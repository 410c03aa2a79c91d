package io.tocsin.notifier.deliver.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** A service that takes only what its documentation allows, and remembers what it took. */
final class StrictService implements AutoCloseable {

    /** An answer. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body);
        }

        static Answer text(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "text/plain"), body);
        }
    }

    /** What a request violates. */
    static final class Demands {

        private final List<String> violations = new ArrayList<>();

        void that(boolean held, String violation) {
            if (!held) {
                violations.add(violation);
            }
        }

        void equal(Object actual, Object expected, String what) {
            that(expected.equals(actual), what + " is " + actual + ", not " + expected);
        }

        void atMost(String text, int limit, String what) {
            that(text.codePointCount(0, text.length()) <= limit, what + " is longer than " + limit);
        }

        void bytesAtMost(String text, int limit, String what) {
            that(text.getBytes(StandardCharsets.UTF_8).length <= limit, what + " has more than " + limit + " bytes");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final BiFunction<Request, Demands, Answer> service;
    private final List<Request> taken = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private Optional<Answer> instead = Optional.empty();
    private boolean silent;

    StrictService(BiFunction<Request, Demands, Answer> service) throws IOException {
        this.service = service;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Answers everything so, whatever is asked. */
    synchronized void answers(Answer answer) {
        instead = Optional.of(answer);
    }

    /** Does not answer any more. */
    synchronized void fallSilent() {
        silent = true;
    }

    synchronized List<Request> taken() {
        return List.copyOf(taken);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(request(exchange));
            if (isSilent()) {
                closed.await();
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isSilent() {
        return silent;
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    private synchronized Answer answer(Request request) {
        if (instead.isPresent()) {
            return instead.get();
        }
        Demands demands = new Demands();
        Answer answer;
        try {
            answer = service.apply(request, demands);
        } catch (RuntimeException e) {
            answer = Answer.text(500, e.toString());
            demands.that(false, "the service stumbles over the request: " + e);
        }
        if (!demands.violations.isEmpty()) {
            violations.addAll(demands.violations);
            return Answer.text(400, demands.violations.toString());
        }
        taken.add(request);
        return answer;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
