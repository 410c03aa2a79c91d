package io.tocsin.selfheal.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A feature switch that takes its first request and never answers it. */
final class Switch implements AutoCloseable {

    private final HttpServer server;
    private final boolean firstHasEffect;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean on;

    Switch(boolean firstHasEffect) throws IOException {
        this.firstHasEffect = firstHasEffect;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            boolean first = requests.isEmpty();
            on = !first || firstHasEffect;
            requests.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            if (first) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        byte[] state = ("{\"on\":" + on + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, state.length);
        exchange.getResponseBody().write(state);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The id of each request to turn it. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
