package io.tocsin.notifier.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook receiver that takes nothing but Alertmanager's version 4, and remembers everything it was told. */
final class StrictReceiver implements AutoCloseable {

    private static final Set<String> BODY = Set.of(
            "receiver",
            "status",
            "alerts",
            "groupLabels",
            "commonLabels",
            "commonAnnotations",
            "externalURL",
            "version",
            "groupKey",
            "truncatedAlerts");
    private static final Set<String> ALERT =
            Set.of("status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Notice> notices = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Deque<Integer> refusals = new ArrayDeque<>();

    /** A notice that was accepted. */
    record Notice(String path, String id, JsonNode body) {

        String status() {
            return body.path("status").asString();
        }

        List<String> alerts() {
            return body.path("alerts")
                    .valueStream()
                    .map(alert -> alert.path("labels").path("alertname").asString())
                    .toList();
        }

        @Override
        public String toString() {
            return path + " " + status() + " " + alerts();
        }
    }

    StrictReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers the next requests with these statuses before it accepts any. */
    synchronized void refuse(Integer... statuses) {
        refusals.addAll(List.of(statuses));
    }

    synchronized List<Notice> notices() {
        return List.copyOf(notices);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Accepted notices in short: path, status, alert names. */
    List<String> heard() {
        return notices().stream().map(Notice::toString).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answer(exchange, body), -1);
        }
    }

    private synchronized int answer(HttpExchange exchange, byte[] body) {
        Integer refusal = refusals.poll();
        if (refusal != null) {
            return refusal;
        }
        int before = violations.size();
        JsonNode json = JsonMapper.shared().readTree(body);
        demand("POST".equals(exchange.getRequestMethod()), "method " + exchange.getRequestMethod());
        demand(
                "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
                "content type " + exchange.getRequestHeaders().getFirst("Content-Type"));
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        demand(id != null && id.startsWith("msg_"), "webhook-id " + id);
        check(json);
        if (violations.size() > before) {
            return 400;
        }
        notices.add(new Notice(exchange.getRequestURI().getPath(), String.valueOf(id), json));
        return 200;
    }

    private void check(JsonNode json) {
        Set<String> keys = new TreeSet<>(json.propertyNames());
        keys.remove("incident");
        demand(keys.equals(BODY), "keys " + keys);
        demand("4".equals(json.path("version").asString("")), "version " + json.path("version"));
        boolean burns = false;
        for (JsonNode alert : json.path("alerts")) {
            demand(Set.copyOf(alert.propertyNames()).equals(ALERT), "alert keys " + alert.propertyNames());
            boolean firing = "firing".equals(alert.path("status").asString(""));
            burns |= firing;
            boolean ends = !alert.path("endsAt").asString("").startsWith("0001-");
            demand(firing != ends, "status " + alert.path("status") + " with endsAt " + alert.path("endsAt"));
            demand(alert.path("fingerprint").asString("").matches("[0-9a-f]{16}"), "fingerprint");
        }
        demand(!json.path("alerts").isEmpty(), "no alerts");
        demand(json.path("status").asString("").equals(burns ? "firing" : "resolved"), "status " + json.path("status"));
        for (Map.Entry<String, JsonNode> label : json.path("groupLabels").properties()) {
            demand(
                    label.getValue().equals(json.path("commonLabels").path(label.getKey())),
                    "group label " + label.getKey() + " is not common");
        }
    }

    private void demand(boolean held, String violation) {
        if (!held) {
            violations.add(violation);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
