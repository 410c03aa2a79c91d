package io.tocsin.console.intake;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.console.graph.CallMap;
import io.tocsin.console.graph.Calls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The map of calls as metrics, so that it has a history and other tools can draw it. */
public final class CallMetrics {

    private final Supplier<List<Calls>> calls;
    private final InstantSource clock;
    private final Duration span;

    /**
     * @param calls in the latest windows
     * @param span how far back they count
     */
    public CallMetrics(Supplier<List<Calls>> calls, InstantSource clock, Duration span) {
        this.calls = calls;
        this.clock = clock;
        this.span = span;
    }

    /** Shows them in a registry. */
    public void register(PrometheusRegistry registry) {
        gauge(
                registry,
                "tocsin_console_calls_per_second",
                "Calls from one service to another, per second",
                CallMap.Edge::rate);
        gauge(
                registry,
                "tocsin_console_calls_failed_ratio",
                "Share of these calls that fail, 0 to 1",
                CallMap.Edge::errors);
        gauge(registry, "tocsin_console_calls_mean_seconds", "Mean time of these calls", CallMap.Edge::latency);
    }

    private void gauge(PrometheusRegistry registry, String name, String help, ToDoubleFunction<CallMap.Edge> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("environment", "client", "server")
                .callback(callback -> {
                    List<Calls> latest = calls.get();
                    for (String environment : CallMap.environments(latest)) {
                        CallMap.of(latest, environment, clock.instant(), span)
                                .edges()
                                .forEach(edge -> callback.call(
                                        value.applyAsDouble(edge), environment, edge.caller(), edge.callee()));
                    }
                })
                .register(registry);
    }
}
