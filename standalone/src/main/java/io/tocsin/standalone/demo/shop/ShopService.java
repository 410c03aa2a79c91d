package io.tocsin.standalone.demo.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * One service of the demo shop, a process of its own. Answers {@code /order} by asking the next service, if it has one;
 * {@code /health} says whether it answers at all; {@code POST /fault?how=} breaks it in a real way.
 *
 * <p>Arguments: name, port, OTLP endpoint, address of the next service or "-".
 */
public final class ShopService {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(1);
    private static final TextMapGetter<HttpExchange> INCOMING = (exchange, key) ->
            exchange == null ? null : exchange.getRequestHeaders().getFirst(key);

    private final String name;
    private final Optional<URI> next;
    private final OpenTelemetrySdk telemetry;
    private final Tracer tracer;
    private final Logger log;
    private final DoubleHistogram durations;
    private final LongCounter orders;
    private final Faults faults = new Faults();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CALL_TIMEOUT).build();

    private ShopService(String name, Optional<URI> next, OpenTelemetrySdk telemetry) {
        this.name = name;
        this.next = next;
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("io.tocsin.demo.shop");
        this.log = telemetry.getLogsBridge().get("io.tocsin.demo.shop");
        var meter = telemetry.getMeter("io.tocsin.demo.shop");
        this.durations = meter.histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5))
                .build();
        this.orders = meter.counterBuilder("shop.orders").build();
    }

    /** Starts one service and returns when it listens. */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            throw new IllegalArgumentException("usage: ShopService NAME PORT OTLP-ENDPOINT NEXT|-");
        }
        Thread.ofPlatform().daemon().name("parent").start(ShopService::endWithParent);
        OpenTelemetrySdk telemetry = ShopTelemetry.start(args[0], "1.0.0", URI.create(args[2]));
        ShopTelemetry.observeMemory(telemetry);
        Optional<URI> next = args[3].equals("-") ? Optional.empty() : Optional.of(URI.create(args[3]));
        new ShopService(args[0], next, telemetry).listen(Integer.parseInt(args[1]));
    }

    /** The demo holds the other end of standard input; when it is gone, so is the shop, however the demo ended. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end matters.
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }

    private void listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/order", this::order);
        server.createContext("/health", exchange -> answer(exchange, 200, "ok"));
        server.createContext("/fault", faults::inject);
        server.start();
        System.out.println(name + " listens on " + port);
    }

    private void order(HttpExchange exchange) throws IOException {
        Context parent = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), exchange, INCOMING);
        Span span = tracer.spanBuilder("POST /order")
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .startSpan();
        long begin = System.nanoTime();
        int status = 500;
        try (Scope ignored = span.makeCurrent()) {
            status = work();
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
                log.logRecordBuilder()
                        .setSeverity(Severity.ERROR)
                        .setBody("order failed with " + status)
                        .emit();
            }
        } finally {
            span.setAttribute("http.response.status_code", status);
            span.end();
            Attributes attributes = Attributes.of(AttributeKey.longKey("http.response.status_code"), (long) status);
            durations.record((System.nanoTime() - begin) / 1e9, attributes);
            orders.add(1, attributes);
        }
        answer(exchange, status, "{\"status\":" + status + "}");
    }

    private int work() {
        faults.delay();
        if (faults.failing()) {
            return 500;
        }
        return next.map(this::callNext).orElse(200);
    }

    private int callNext(URI address) {
        Span span = tracer.spanBuilder("POST " + address.getPath())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("server.address", address.getHost())
                .setAttribute("server.port", address.getPort())
                .startSpan();
        try (Scope ignored = span.makeCurrent()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/order"))
                    .timeout(CALL_TIMEOUT)
                    .POST(HttpRequest.BodyPublishers.noBody());
            telemetry
                    .getPropagators()
                    .getTextMapPropagator()
                    .inject(Context.current(), request, (carrier, key, value) -> {
                        if (carrier != null) {
                            carrier.setHeader(key, value);
                        }
                    });
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            span.setStatus(status >= 500 ? StatusCode.ERROR : StatusCode.UNSET);
            return status >= 500 ? 502 : status;
        } catch (IOException e) {
            span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
            return 504;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        } finally {
            span.end();
        }
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
