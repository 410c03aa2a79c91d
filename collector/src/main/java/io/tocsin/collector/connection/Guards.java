package io.tocsin.collector.connection;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts a guard into every connection of the HTTP server. */
@Singleton
final class Guards implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final ConnectionSettings settings;
    private final ConnectionBudget budget;
    private final Counter cut;

    Guards(ConnectionSettings settings, ConnectionBudget budget, PrometheusRegistry registry) {
        this.settings = settings;
        this.budget = budget;
        cut = Counter.builder()
                .name("tocsin_collector_connections_cut_total")
                .help("Connections over HTTP that were closed by the collector, by reason.")
                .labelNames("reason")
                .register(registry);
        GaugeWithCallback.builder()
                .name("tocsin_collector_connections")
                .help("Open connections over HTTP.")
                .callback(callback -> callback.call((double) budget.connections()))
                .register(registry);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new PerConnection(null));
        return registry;
    }

    private final class PerConnection implements NettyServerCustomizer {

        private final @Nullable Channel channel;

        PerConnection(@Nullable Channel channel) {
            this.channel = channel;
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
            return new PerConnection(connection);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel == null) {
                return;
            }
            ConnectionGuard guard = new ConnectionGuard(
                    budget,
                    settings.requestTimeout(),
                    reason -> cut.labelValues(reason.name().toLowerCase(Locale.ROOT))
                            .inc());
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addAfter(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "tocsin-guard", guard);
            pipeline.addBefore(
                    ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "tocsin-first-byte", new FirstByte(guard));
        }
    }
}
