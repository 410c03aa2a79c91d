package io.tocsin.standalone.demo.shop;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The faults that a service injects into itself; a restart removes them. Crash and hang come from outside, by signal. */
final class Faults {

    private static final Duration SLOWNESS = Duration.ofMillis(700);
    private static final int LEAK_STEP_BYTES = 1 << 20;
    private static final Duration LEAK_PAUSE = Duration.ofMillis(250);

    private volatile boolean slow;
    private volatile boolean failing;
    private final List<byte[]> leaked = new ArrayList<>();

    void inject(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        switch (query) {
            case "how=slow" -> slow = true;
            case "how=errors" -> failing = true;
            case "how=leak" -> Thread.ofPlatform().daemon().name("leak").start(this::leak);
            default -> {
                ShopService.answer(exchange, 400, "how must be slow, errors or leak, not " + query);
                return;
            }
        }
        ShopService.answer(exchange, 202, query);
    }

    void delay() {
        if (slow) {
            LockSupport.parkNanos(SLOWNESS.toNanos());
        }
    }

    boolean failing() {
        return failing;
    }

    // Memory that nothing lets go of, until the heap is full: four megabytes a second.
    private void leak() {
        while (true) {
            leaked.add(new byte[LEAK_STEP_BYTES]);
            LockSupport.parkNanos(LEAK_PAUSE.toNanos());
        }
    }
}
