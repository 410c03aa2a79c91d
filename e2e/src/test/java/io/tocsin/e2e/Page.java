package io.tocsin.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A site of its own origin whose page sends telemetry with the stock SDK for browsers, in headless Chromium. */
final class Page implements AutoCloseable {

    private static final String CHROMIUM = "chromium";
    private static final int SECONDS = 60;
    private static final String HTML =
            "<!doctype html><title>e2e</title><script type=\"module\" src=\"/page.js\"></script>";

    private final HttpServer server;
    private final CompletableFuture<String> said = new CompletableFuture<>();
    private volatile byte[] script = new byte[0];

    private Page(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> answer(exchange, "text/html", HTML.getBytes(StandardCharsets.UTF_8)));
        server.createContext("/page.js", exchange -> answer(exchange, "text/javascript", script));
        server.createContext("/said", exchange -> {
            said.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, "text/plain", new byte[0]);
        });
        server.start();
    }

    /** Listens on a free port of loopback. */
    static Page serve() throws IOException {
        return new Page(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** As a browser names it. */
    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Opens the page, and gives what it says when it has sent; skips the test where there is no browser. */
    String open(Path directory, String collector, String marker) throws Exception {
        Sdk.require(Program.works(directory, CHROMIUM, "--version"), "no chromium");
        Sdk.require(Program.works(directory, "node", "--version"), "no node");
        Path home = Sdk.copy("browser", directory);
        Program.must(home, "npm", "ci", "--ignore-scripts");
        Program.must(
                home, "node_modules/.bin/esbuild", "page.mjs", "--bundle", "--format=esm", "--outfile=bundle/page.js");
        script = Files.readAllBytes(home.resolve("bundle/page.js"));
        Process browser = new ProcessBuilder(
                        CHROMIUM,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + home.resolve("profile"),
                        origin() + "/?collector=" + collector + "&marker=" + marker)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("chromium.log").toFile())
                .start();
        try {
            return said.get(SECONDS, TimeUnit.SECONDS);
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
