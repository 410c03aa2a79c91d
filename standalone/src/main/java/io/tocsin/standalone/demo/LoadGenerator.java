package io.tocsin.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Customers: a steady stream of orders at the storefront, whatever happens to it. */
final class LoadGenerator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("demo-load").factory());
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpRequest order;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    LoadGenerator(URI storefront) {
        this.order = HttpRequest.newBuilder(storefront.resolve("/order"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    void start(int ordersPerSecond) {
        long gap = TimeUnit.SECONDS.toMicros(1) / ordersPerSecond;
        var _ = pace.scheduleAtFixedRate(() -> calls.execute(this::placeOrder), 0, gap, TimeUnit.MICROSECONDS);
    }

    /** Orders that were answered with success, since the start. */
    long answered() {
        return answered.get();
    }

    /** Orders that failed or were not answered, since the start. */
    long failed() {
        return failed.get();
    }

    private void placeOrder() {
        try {
            boolean ok = client.send(order, BodyHandlers.discarding()).statusCode() < 500;
            (ok ? answered : failed).incrementAndGet();
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pace.shutdownNow();
        calls.shutdownNow();
        client.shutdownNow();
    }
}
