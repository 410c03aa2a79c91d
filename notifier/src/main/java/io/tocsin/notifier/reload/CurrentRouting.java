package io.tocsin.notifier.reload;

import io.tocsin.notifier.route.Routing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The configuration in force. Who decides something asks once, so that one decision is made by one configuration. */
public final class CurrentRouting implements Supplier<Routing> {

    private final AtomicReference<Routing> routing;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The first configuration. */
    public CurrentRouting(Routing first) {
        routing = new AtomicReference<>(first);
    }

    @Override
    public Routing get() {
        return routing.get();
    }

    /** Puts another configuration in force and tells those who asked; what they throw goes to the caller. */
    public void put(Routing next) {
        routing.set(next);
        listeners.forEach(Runnable::run);
    }

    /** Is told after each change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
