package io.tocsin.selfheal.action;

import io.tocsin.selfheal.playbook.Action;
import io.tocsin.selfheal.playbook.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Orders to act, and a target to act on. */
public final class Orders {

    public static final Target TARGET =
            new Target("shop", "shop", "shop", "", false, false, Optional.empty(), Map.of());

    private Orders() {}

    /** The first try of a step that begins now, with 15 s. */
    public static Order first(String id, long token) {
        return first(id, token, Duration.ofSeconds(15));
    }

    public static Order first(String id, long token, Duration timeout) {
        Instant now = Instant.now();
        return Order.of(id, token, now, now, false, timeout, () -> true);
    }

    /** A later try of a step that began earlier. */
    public static Order again(Order first) {
        return new Order(
                first.id(), first.token(), first.begunAt(), first.begunNanos(), true, first.timeout(), first.allowed());
    }

    public static Outcome act(Action action, Order order) throws InterruptedException {
        try (Executors executors = new Executors(InstantSource.system())) {
            return executors.act(action, TARGET, order);
        }
    }

    public static Sight see(Action action, Order order) throws InterruptedException {
        try (Executors executors = new Executors(InstantSource.system())) {
            return executors.see(action, TARGET, order);
        }
    }
}
