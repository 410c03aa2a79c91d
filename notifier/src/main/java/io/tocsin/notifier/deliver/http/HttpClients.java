package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.HttpOptions;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One client for each way of connecting; made anew when a certificate's file has changed. */
final class HttpClients implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final int MOST = 256;

    private record Way(boolean followRedirects, boolean http2, TlsMaterial tls, HttpOptions.Proxy proxy) {}

    private final Map<Way, HttpClient> clients = new LinkedHashMap<>();

    /**
     * The client for these options.
     *
     * @throws IllegalArgumentException when a certificate or the proxy cannot be used
     */
    synchronized HttpClient get(HttpOptions options, Texts texts) {
        Way way = new Way(
                options.followRedirects(), options.http2(), TlsMaterial.read(options.tls(), texts), options.proxy());
        if (clients.size() >= MOST && !clients.containsKey(way)) {
            // Only certificates that change over and over bring so many; the oldest is the least used.
            clients.remove(clients.keySet().iterator().next());
        }
        return clients.computeIfAbsent(way, HttpClients::client);
    }

    private static HttpClient client(Way way) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .version(way.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .followRedirects(way.followRedirects() ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER);
        way.tls().context().ifPresent(builder::sslContext);
        way.tls().parameters().ifPresent(builder::sslParameters);
        Proxies.use(builder, way.proxy());
        return builder.build();
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
    }
}
