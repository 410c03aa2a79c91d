package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.route.receiver.HttpOptions.Proxy;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Through whom a client's requests go. */
final class Proxies {

    private Proxies() {}

    /** @throws IllegalArgumentException when the proxy cannot be used */
    static void use(HttpClient.Builder builder, Proxy proxy) {
        switch (proxy) {
            case Proxy.None _ -> builder.proxy(HttpClient.Builder.NO_PROXY);
            case Proxy.FromEnvironment(var headers) -> {
                requireNone(headers);
                builder.proxy(new Selector(
                        environment("HTTP_PROXY"),
                        environment("HTTPS_PROXY"),
                        environment("NO_PROXY").orElse("")));
            }
            case Proxy.Via(var url, var noProxy, var headers) -> {
                requireNone(headers);
                Optional<String> address = Optional.of(url.toString());
                builder.proxy(new Selector(address, address, noProxy));
                Optional.ofNullable(url.getUserInfo()).ifPresent(user -> builder.authenticator(login(user)));
            }
        }
    }

    private static void requireNone(Map<String, ?> connectHeaders) {
        if (!connectHeaders.isEmpty()) {
            throw new IllegalArgumentException("proxy_connect_header is not supported");
        }
    }

    private static Optional<String> environment(String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .map(System::getenv)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }

    private static Authenticator login(String userInfo) {
        String[] parts = userInfo.split(":", 2);
        char[] password = parts.length == 2 ? parts[1].toCharArray() : new char[0];
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(parts[0], password);
            }
        };
    }

    /** Picks the proxy by scheme, and none for hosts that are reached straight. */
    static final class Selector extends ProxySelector {

        private final Optional<InetSocketAddress> http;
        private final Optional<InetSocketAddress> https;
        private final StraightHosts straight;

        Selector(Optional<String> http, Optional<String> https, String noProxy) {
            this.http = http.map(Selector::address);
            this.https = https.map(Selector::address);
            this.straight = new StraightHosts(noProxy);
        }

        private static InetSocketAddress address(String url) {
            URI uri = URI.create(url.contains("://") ? url : "http://" + url);
            if (uri.getHost() == null || !"http".equals(uri.getScheme())) {
                throw new IllegalArgumentException("only proxies that are reached by HTTP are supported");
            }
            return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        }

        @Override
        public List<java.net.Proxy> select(URI uri) {
            Optional<InetSocketAddress> proxy = "https".equals(uri.getScheme()) ? https : http;
            if (proxy.isEmpty() || straight.contains(uri)) {
                return List.of(java.net.Proxy.NO_PROXY);
            }
            InetSocketAddress resolved = new InetSocketAddress(
                    proxy.get().getHostString(), proxy.get().getPort());
            return List.of(new java.net.Proxy(java.net.Proxy.Type.HTTP, resolved));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {
            // The request fails with the same exception.
        }
    }
}
