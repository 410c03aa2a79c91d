package io.tocsin.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook that outlives what calls it. */
final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<JsonNode> notices = new CopyOnWriteArrayList<>();

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/notices", exchange -> {
            try (exchange) {
                notices.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<JsonNode> notices(String status) {
        return notices.stream()
                .filter(notice -> notice.path("status").asString("").equals(status))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
